#include "fulfil/package.h"

#include <algorithm>
#include <set>

#include "base/json.h"
#include "base/utf8.h"
#include "connect/person_order.h"
#include "crypto/hash.h"
#include "report/document.h"
#include "report/table.h"
#include "report/zip.h"

namespace privity {
namespace {

// Records of one collection in the page and the lists; more than that is no page that anybody reads.
constexpr std::int64_t kRecordsMax = 100'000;
constexpr std::size_t kFilePieceBytes = 256 << 10;

constexpr std::size_t kSearchedBytesMax = 1 << 20;  // of a file that was handed in

using Values = std::vector<std::optional<std::string>>;  // as the fields of the collection

// Of a file that was handed in, as it stands in the lists of the archive.
struct PackedFile {
  CollectionPlace collection{};
  std::string path{};  // in the archive
  std::string name{};  // as it was called where it came from
  std::int64_t size_bytes = 0;
  std::string sha256{};
};
PRIVITY_DESCRIBE(PackedFile, (collection, path, name, size_bytes, sha256))

using TakeHanded = std::function<Status(const HandedFile&)>;

struct Section {
  const MappedCollection* mapped = nullptr;
  std::vector<std::string> fields;
  std::vector<Values> records;
};

// What is inside of a cell, as text that every format can hold.
std::optional<std::string> TextOf(const FieldCell& cell) {
  if (cell.kind == CellKind::kNull) return std::nullopt;
  if (cell.kind == CellKind::kText && IsUtf8(cell.bytes) && cell.bytes.find('\0') == std::string_view::npos) {
    return std::string(cell.bytes);
  }
  return Base64Encode(AsBytes(cell.bytes));
}

// Takes the person's records of one collection; each record once.
class SectionSink final : public RecordSink {
 public:
  SectionSink(Section& section, TakeHanded take_file) : section_(section), take_file_(std::move(take_file)) {}

  Status Take(Record record) override {
    if (static_cast<std::int64_t>(section_.records.size()) == kRecordsMax) {
      return Error("fulfil.too_many_records", {{"records_max", std::to_string(kRecordsMax)}});
    }
    Values values(section_.fields.size());
    for (const FieldCell& cell : record) Add(cell, values);
    section_.records.push_back(std::move(values));
    return Ok();
  }
  void Skip(Error) override {}
  Status TakeFile(const HandedFile& file) override { return take_file_(file); }

 private:
  // A document may hold several values of one name, and names that the first one lacked.
  void Add(const FieldCell& cell, Values& values) {
    auto at = std::ranges::find(section_.fields, cell.field);
    if (at == section_.fields.end()) at = section_.fields.insert(at, std::string(cell.field));
    values.resize(section_.fields.size());
    std::optional<std::string>& value = values[static_cast<std::size_t>(at - section_.fields.begin())];
    std::optional<std::string> text = TextOf(cell);
    if (value && text) {
      *value += "; " + *text;
    } else if (text) {
      value = std::move(text);
    }
  }
  Section& section_;
  const TakeHanded take_file_;
};

// Whether the field says something of the person itself; anything else may speak of others.
bool DescribesThem(const MappedCollection& mapped, std::string_view field) {
  if (mapped.shape.shape == CollectionShape::kText) return false;
  const MappedField* known = mapped.Find(field);
  return known != nullptr && (!known->identifier.empty() ||
                              (IsPersonalCategory(known->category) && !known->category.starts_with("user.content")));
}

class Packing {
 public:
  Packing(const ErasurePlan& plan, OpenStores& stores, const Detector& detector, const Catalog& words,
          const PackageOptions& options, const ByteSink& sink)
      : plan_(plan),
        stores_(stores),
        detector_(detector),
        words_(words),
        options_(options),
        zip_(sink, options.made_at),
        html_(
            MakeHtmlWriter({.title = Say("package_title"), .language = options.language, .created_at = options.made_at},
                           [this](BytesView bytes) {
                             page_.insert(page_.end(), bytes.begin(), bytes.end());
                             return Ok();
                           })) {}

  Result<PackageSummary> Run(const SubjectMap& map) {
    summary_.not_read = plan_.not_read;
    PRIVITY_TRY_VOID(html_->Heading(1, Say("package_title")));
    PRIVITY_TRY_VOID(html_->Paragraph(Say("package_intro")));
    for (const PlannedCollection& planned : plan_.collections) {
      const MappedCollection* mapped = map.Find(planned.id);
      Section section{.mapped = mapped, .fields = {}, .records = {}};
      for (const PlannedField& field : planned.fields) section.fields.push_back(field.name);
      PRIVITY_TRY_VOID(Read(planned, section));
      if (mapped != nullptr && !mapped->key_field.empty()) LeaveOut(section, mapped->key_field);
      if (mapped == nullptr || section.records.empty()) continue;
      // Whoever is asked was asked for just that.
      const bool is_told = planned.shape == CollectionShape::kAsked;
      if (options_.only_portable && !is_told && !KeepPortable(section)) continue;
      PRIVITY_TRY_VOID(Write(planned, section));
    }
    PRIVITY_TRY_VOID(Conclude());
    return std::move(summary_);
  }

 private:
  static void LeaveOut(Section& section, std::string_view field) {
    const auto found = std::ranges::find(section.fields, field);
    if (found == section.fields.end()) return;
    const auto at = found - section.fields.begin();
    for (Values& record : section.records) {
      record.resize(section.fields.size());
      record.erase(record.begin() + at);
    }
    section.fields.erase(found);
  }

  // Whether anything is left.
  static bool KeepPortable(Section& section) {
    for (const std::string& field : std::vector<std::string>(section.fields)) {
      const MappedField* known = section.mapped->Find(field);
      if (known == nullptr || !IsPortable(*known)) LeaveOut(section, field);
    }
    return !section.fields.empty();
  }

  std::string Say(const char* key) const { return words_.Text(options_.language, std::string("fulfil.") + key); }

  Status Read(const PlannedCollection& planned, Section& section) {
    const Result<Connector*> store = stores_.Get(planned.id.dataset);
    const Status read = store.ok() ? ReadRecords(planned, **store, section) : Status(store.error());
    if (read.ok()) return Ok();
    const Error& error = read.error();
    if (error.Is("connect.cancelled") || error.Is("fulfil.too_many_records")) return error;
    if (IsLost(error)) stores_.Lose(planned.id.dataset, error);
    summary_.not_read.push_back({planned.id, error.code()});
    return Ok();
  }

  // By key, with the link as a condition besides; by the link alone, once for each, where there is no key.
  Status ReadRecords(const PlannedCollection& planned, Connector& store, Section& section) {
    const Collection shape = ShapeOf(planned);
    SectionSink sink(section, [&](const HandedFile& file) { return TakeFile(planned, file); });
    std::set<std::string> asked;
    for (const PlannedRecord& record : planned.records) {
      std::vector<NamedValue> match = record.key;
      for (const NamedValue& link : record.link) {
        if (std::ranges::find(match, link.field, &NamedValue::field) == match.end()) match.push_back(link);
      }
      if (!asked.insert(ToJson(match)).second) continue;
      PRIVITY_TRY_VOID(store.Find(shape, ToFieldValues(match), record.key.empty() ? kRecordsMax : 1, sink));
    }
    return Ok();
  }

  Status TakeFile(const PlannedCollection& planned, const HandedFile& file) {
    PRIVITY_TRY(const bool may_name_others, MayNameOthers(file));
    if (!may_name_others || options_.handed == HandedFiles::kTake) return AddFile(planned, file);
    if (options_.handed == HandedFiles::kHold) ++summary_.files_held;
    summary_.not_read.push_back({planned.id, "fulfil.file_left_out"});
    return Ok();
  }

  // Also what is too large, or no text, to be searched.
  Result<bool> MayNameOthers(const HandedFile& file) const {
    if (file.size_bytes > static_cast<std::int64_t>(kSearchedBytesMax)) return true;
    std::string text;
    while (true) {
      PRIVITY_TRY(const SecretBytes piece, file.read(static_cast<std::int64_t>(text.size()), kFilePieceBytes));
      if (piece.Reveal().empty()) break;
      text += AsText(piece.Reveal());
      if (text.size() > kSearchedBytesMax) return true;
    }
    const bool is_text = IsUtf8(text) && text.find('\0') == std::string::npos;
    return !is_text || NamesOthers(text, plan_, detector_);
  }

  Status AddFile(const PlannedCollection& planned, const HandedFile& file) {
    PackedFile packed{.collection = planned.id,
                      .path = "files/" + std::to_string(++summary_.files) + "-" + PlainName(file.name, "."),
                      .name = file.name};
    PRIVITY_TRY_VOID(zip_.Begin(packed.path));
    Sha256Hasher hasher;
    while (true) {
      PRIVITY_TRY(const SecretBytes piece, file.read(packed.size_bytes, kFilePieceBytes));
      const Bytes& bytes = piece.Reveal();
      if (bytes.empty()) break;
      hasher.Update(bytes);
      PRIVITY_TRY_VOID(zip_.Write(bytes));
      packed.size_bytes += static_cast<std::int64_t>(bytes.size());
    }
    packed.sha256 = HexEncode(BytesView(hasher.Finish()));
    files_.push_back(std::move(packed));
    return zip_.End();
  }

  Status Write(const PlannedCollection& planned, Section& section) {
    for (Values& record : section.records) {
      record.resize(section.fields.size());
      for (std::size_t i = 0; i < record.size(); ++i) {
        if (!record[i] || DescribesThem(*section.mapped, section.fields[i])) continue;
        record[i] = WithoutOthers(*record[i], plan_, detector_, Say("package_other_person"));
      }
    }
    ++summary_.collections;
    summary_.records += static_cast<std::int64_t>(section.records.size());
    PRIVITY_TRY_VOID(WriteHtml(planned, section));
    PRIVITY_TRY_VOID(WriteCsv(planned, section));
    Remember(planned, section);
    return Ok();
  }

  static std::string NameOf(const PlannedCollection& planned) { return planned.id.dataset + ": " + planned.id.name; }

  Status WriteHtml(const PlannedCollection& planned, const Section& section) {
    PRIVITY_TRY_VOID(html_->Heading(2, NameOf(planned)));
    DocumentTable table{.caption = NameOf(planned), .columns = {}, .rows = {}};
    for (const std::string& field : section.fields) table.columns.push_back({.title = field});
    for (const Values& record : section.records) {
      std::vector<std::string> row;
      for (const auto& value : record) row.push_back(value.value_or(""));
      table.rows.push_back(std::move(row));
    }
    return html_->Table(table);
  }

  Status WriteCsv(const PlannedCollection& planned, const Section& section) {
    PRIVITY_TRY_VOID(zip_.Begin(FileName(planned)));
    const auto csv = MakeCsvWriter([this](BytesView bytes) { return zip_.Write(bytes); });
    std::vector<TableColumn> columns;
    for (const std::string& field : section.fields) columns.push_back({.title = field});
    PRIVITY_TRY_VOID(csv->Begin(columns));
    for (const Values& record : section.records) {
      std::vector<Cell> cells;
      for (const auto& value : record) cells.push_back(value ? Cell(*value) : Cell());
      PRIVITY_TRY_VOID(csv->Row(cells));
    }
    PRIVITY_TRY_VOID(csv->Finish());
    return zip_.End();
  }

  // Names of stores and of files are data too: only letters and digits of them, and what is `allowed`, reach a file's
  // name.
  static std::string PlainName(std::string_view text, std::string_view allowed) {
    // The end tells what kind of file it is.
    constexpr std::size_t kMost = 60;
    std::string name;
    for (const char c : text.substr(text.size() < kMost ? 0 : text.size() - kMost)) {
      const bool is_plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
      name += is_plain || allowed.find(c) != std::string_view::npos ? c : '-';
    }
    return name;
  }

  std::string FileName(const PlannedCollection& planned) const {
    return std::to_string(summary_.collections) + "-" + PlainName(planned.id.name, "") + ".csv";
  }

  void Remember(const PlannedCollection& planned, const Section& section) {
    Json records = Json::Array();
    for (const Values& record : section.records) {
      Json each = Json::Object();
      for (std::size_t i = 0; i < record.size(); ++i) {
        each.Set(section.fields[i], record[i] ? Json(*record[i]) : Json());
      }
      records.Push(std::move(each));
    }
    data_.Push(Json::Object({{"collection", ToJsonValue(planned.id)}, {"records", std::move(records)}}));
    for (const std::string& field : section.fields) {
      const MappedField* known = section.mapped->Find(field);
      const auto planned_field = std::ranges::find(planned.fields, field, &PlannedField::name);
      schema_.Push(
          Json::Object({{"collection", ToJsonValue(planned.id)},
                        {"file", FileName(planned)},
                        {"field", field},
                        {"category", known == nullptr ? "" : known->category},
                        {"declared_type", planned_field == planned.fields.end() ? "" : planned_field->declared_type}}));
    }
  }

  Status WriteFiles() {
    DocumentTable table{.caption = Say("package_files"),
                        .columns = {{.title = Say("package_file"), .share = 3},
                                    {.title = Say("package_file_name"), .share = 3},
                                    {.title = Say("package_file_from"), .share = 2},
                                    {.title = Say("package_file_bytes")}},
                        .rows = {}};
    for (const PackedFile& file : files_) {
      table.rows.push_back({file.path, file.name, file.collection.dataset, std::to_string(file.size_bytes)});
    }
    PRIVITY_TRY_VOID(html_->Heading(2, Say("package_files")));
    PRIVITY_TRY_VOID(html_->Paragraph(Say("package_files_text")));
    return html_->Table(table);
  }

  Status Conclude() {
    if (!files_.empty()) PRIVITY_TRY_VOID(WriteFiles());
    if (summary_.collections == 0 && files_.empty()) PRIVITY_TRY_VOID(html_->Paragraph(Say("package_empty")));
    if (!summary_.not_read.empty()) {
      PRIVITY_TRY_VOID(html_->Heading(2, Say("package_not_read")));
      std::vector<std::string> places;
      for (const NotRead& each : summary_.not_read) {
        places.push_back(each.collection.dataset + (each.collection.name.empty() ? "" : ": " + each.collection.name));
      }
      PRIVITY_TRY_VOID(html_->List(places));
    }
    PRIVITY_TRY_VOID(html_->Finish());
    PRIVITY_TRY_VOID(zip_.Add("index.html", page_));
    const Json data = Json::Object({{"made_at", FormatInstant(options_.made_at)},
                                    {"collections", std::move(data_)},
                                    {"files", ToJsonValue(files_)},
                                    {"not_read", ToJsonValue(summary_.not_read)}});
    PRIVITY_TRY_VOID(zip_.Add("data.json", AsBytes(ToJson(data))));
    PRIVITY_TRY_VOID(zip_.Add("schema.json", AsBytes(ToJson(Json::Object({{"fields", std::move(schema_)}})))));
    return zip_.Finish();
  }

  const ErasurePlan& plan_;
  OpenStores& stores_;
  const Detector& detector_;
  const Catalog& words_;
  const PackageOptions& options_;
  ZipWriter zip_;
  Bytes page_;
  std::unique_ptr<DocumentWriter> html_;
  Json data_ = Json::Array();
  Json schema_ = Json::Array();
  std::vector<PackedFile> files_;
  PackageSummary summary_;
};

CharacterSpan PlaceOf(const TextSpan& span) {
  return {static_cast<std::size_t>(span.start), static_cast<std::size_t>(span.end)};
}

// What is personal and not in the person's own identifiers, contacts and names.
std::vector<TextSpan> SpansOfOthers(std::string_view text, const ErasurePlan& person, const Detector& detector) {
  const auto mentions = Joined(MentionsIn(text, person.identifiers), MentionsIn(text, person.contacts));
  const std::vector<CharacterSpan> own = Joined(mentions, FullNamesIn(text, person.names));
  std::vector<TextSpan> others = detector.Text(text);
  std::erase_if(others, [&](const TextSpan& span) {
    const CharacterSpan found = PlaceOf(span);
    return !IsPersonalCategory(span.category) || std::ranges::any_of(own, [&](const CharacterSpan& each) {
      return each.begin < found.end && found.begin < each.end;
    });
  });
  return others;
}

}  // namespace

std::string WithoutOthers(std::string_view text, const ErasurePlan& person, const Detector& detector,
                          std::string_view replacement) {
  std::vector<CharacterSpan> others;
  for (const TextSpan& span : SpansOfOthers(text, person, detector)) others.push_back(PlaceOf(span));
  return ReplaceSpans(text, others, replacement);
}

bool NamesOthers(std::string_view text, const ErasurePlan& person, const Detector& detector) {
  return std::ranges::any_of(SpansOfOthers(text, person, detector), [](const TextSpan& span) {
    return span.entity == Entity::kPerson || span.entity == Entity::kEmail || span.entity == Entity::kPhone;
  });
}

Result<PackageSummary> WritePackage(const SubjectMap& map, const ErasurePlan& plan, OpenStores& stores,
                                    const Detector& detector, const Catalog& words, const PackageOptions& options,
                                    const ByteSink& sink) {
  return Packing(plan, stores, detector, words, options, sink).Run(map);
}

}  // namespace privity
