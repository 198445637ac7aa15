#include "connect/connector.h"

#include <algorithm>

#include "base/invariant.h"

namespace privity {
namespace {

// The byte offset of each code point of `text`, and its end.
std::vector<std::size_t> CharacterOffsets(std::string_view text) {
  std::vector<std::size_t> offsets;
  for (std::size_t at = 0; at < text.size(); ++at) {
    const bool continues = (static_cast<unsigned char>(text[at]) & 0xC0) == 0x80;
    if (!continues) offsets.push_back(at);
  }
  offsets.push_back(text.size());
  return offsets;
}

Result<std::string> ReplaceSpans(std::string_view text, const std::vector<CharacterSpan>& spans,
                                 std::string_view replacement) {
  const std::vector<std::size_t> offsets = CharacterOffsets(text);
  std::string out;
  std::size_t kept_from = 0;  // in characters
  for (const CharacterSpan& span : spans) {
    if (span.begin < kept_from || span.end < span.begin || span.end >= offsets.size()) {
      return Error("connect.span_invalid");
    }
    out += text.substr(offsets[kept_from], offsets[span.begin] - offsets[kept_from]);
    out += replacement;
    kept_from = span.end;
  }
  return out.append(text.substr(offsets[kept_from]));
}

}  // namespace

std::string CollectionLabel(const CollectionName& name, std::string_view home_space) {
  return name.space == home_space ? name.name : name.space + "." + name.name;
}

Error Connector::NotSupported(Capability capability) const {
  const auto reason = kind_.sheet.cannot.find(capability);
  Invariant(reason != kind_.sheet.cannot.end(), "a kind implements what its sheet does not exclude");
  return Error("connect.not_supported", {{"store", label_},
                                         {"kind", std::string(kind_.name)},
                                         {"capability", std::string(EnumText(capability))},
                                         {"reason", reason->second}});
}

bool Connector::Can(Capability capability, const Collection&) const {
  return kind_.sheet.Can(capability);
}

Result<std::int64_t> Connector::Estimate(const Collection&) {
  return NotSupported(Capability::kEstimate);
}

Result<std::vector<StreamRange>> Connector::Split(const Collection&, int) {
  return NotSupported(Capability::kSplit);
}

Status Connector::Find(const Collection&, const std::vector<FieldValue>&, std::int64_t, RecordSink&) {
  return NotSupported(Capability::kFind);
}

Result<WriteOutcome> Connector::Insert(const Collection&, const std::vector<FieldValue>&) {
  return NotSupported(Capability::kInsert);
}

Result<WriteOutcome> Connector::Update(const Collection&, const std::vector<FieldValue>&,
                                       const std::vector<FieldValue>&, const std::vector<FieldValue>&) {
  return NotSupported(Capability::kUpdate);
}

Result<WriteOutcome> Connector::Delete(const Collection&, const std::vector<FieldValue>&,
                                       const std::vector<FieldValue>&) {
  return NotSupported(Capability::kDelete);
}

namespace {

// Keeps the one record that it is asked for, with all its values.
class WholeRecord final : public RecordSink {
 public:
  Status Take(Record record) override {
    values.clear();
    for (const FieldCell& cell : record) {
      is_whole = is_whole && !cell.is_cut;
      values.push_back({std::string(cell.field),
                        cell.kind == CellKind::kNull ? std::nullopt : std::optional(std::string(cell.bytes))});
    }
    return Ok();
  }
  void Skip(Error) override {}

  std::vector<FieldValue> values;
  bool is_whole = true;
};

bool HoldsAll(const std::vector<FieldValue>& values, const std::vector<FieldValue>& expected) {
  return std::ranges::all_of(expected, [&](const FieldValue& wanted) {
    return std::ranges::any_of(
        values, [&](const FieldValue& each) { return each.field == wanted.field && each.value == wanted.value; });
  });
}

}  // namespace

Result<WriteOutcome> Connector::Move(const Collection& collection, const CollectionName& target,
                                     const std::vector<FieldValue>& key, const std::vector<FieldValue>& expected) {
  Collection there = collection;
  there.name = target;
  WholeRecord here;
  PRIVITY_TRY_VOID(Find(collection, key, 1, here));
  const Error changed("connect.changed", {{"store", label_}, {"collection", collection.name.name}});
  if (here.values.empty()) {
    WholeRecord moved;
    PRIVITY_TRY_VOID(Find(there, key, 1, moved));
    return HoldsAll(moved.values, expected) && !moved.values.empty() ? Result<WriteOutcome>(WriteOutcome::kAlreadyDone)
                                                                     : changed;
  }
  if (!here.is_whole || !HoldsAll(here.values, expected)) return changed;
  PRIVITY_TRY_VOID(Insert(there, here.values));
  return Delete(collection, key, here.values);
}

Result<WriteOutcome> Connector::Redact(const Collection& collection, const std::vector<FieldValue>& key,
                                       std::string field, std::string text, const std::vector<CharacterSpan>& spans,
                                       std::string_view replacement) {
  if (!kind_.sheet.Can(Capability::kRedact)) return NotSupported(Capability::kRedact);
  PRIVITY_TRY(std::string redacted, ReplaceSpans(text, spans, replacement));
  return Update(collection, key, {{field, std::move(text)}}, {{field, std::move(redacted)}});
}

Result<WriteOutcome> Connector::Flag(const Collection& collection, const std::vector<FieldValue>& key,
                                     FieldValue flag) {
  if (!kind_.sheet.Can(Capability::kFlag)) return NotSupported(Capability::kFlag);
  return Update(collection, key, {}, {std::move(flag)});
}

Result<WriteOutcome> Connector::DeleteObject(const Collection&) {
  return NotSupported(Capability::kDeleteObject);
}

Result<StoreGrants> Connector::Grants() {
  return NotSupported(Capability::kGrants);
}

Result<AccessReading> Connector::ReadAccess(const std::string&, std::int64_t, const OnAccess&) {
  return NotSupported(Capability::kAccessEvents);
}

Result<std::int64_t> Connector::CountOlder(const Collection&, const std::string&, std::chrono::sys_days,
                                           const std::string&) {
  return NotSupported(Capability::kCountOlder);
}

Result<ReadCounts> Connector::CountReads() {
  return NotSupported(Capability::kReadCounts);
}

Result<std::string> Connector::RestoreMark() {
  return NotSupported(Capability::kRestoreMark);
}

Result<MarkVerdict> Connector::CompareMark(std::string_view) {
  return NotSupported(Capability::kRestoreMark);
}

}  // namespace privity
