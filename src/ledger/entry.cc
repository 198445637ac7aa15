#include "ledger/entry.h"

#include <algorithm>

#include "base/invariant.h"
#include "base/random.h"
#include "crypto/hash.h"

namespace privity {
namespace {

constexpr std::size_t kWordCharactersMax = 128;

bool IsWordCharacter(char c) {
  return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '.' || c == '_' || c == ':' || c == '/' || c == '-';
}

std::string CommitmentHash(BytesView salt, BytesView record) {
  return "sha256:" + HexEncode(Sha256({salt, record}));
}

// "<room>.<object>.<verb in the past>": three words of lower-case letters and underscores.
bool IsActionName(std::string_view name) {
  return std::ranges::count(name, '.') == 2 && !name.starts_with('.') && !name.ends_with('.') &&
         name.find("..") == std::string_view::npos &&
         std::ranges::all_of(name, [](char c) { return (c >= 'a' && c <= 'z') || c == '_' || c == '.'; });
}

}  // namespace

Result<Word> Word::Parse(std::string_view text) {
  if (!Accepts(text)) return Error("ledger.word_invalid");
  return Word(std::string(text));
}

bool Word::Accepts(std::string_view text) {
  return !text.empty() && text.size() <= kWordCharactersMax && std::ranges::all_of(text, IsWordCharacter);
}

RecordCommitment CommitToRecord(BytesView record) {
  RecordCommitment commitment{.salt = Bytes(16), .hash = {}};
  FillRandom(commitment.salt);
  commitment.hash = CommitmentHash(commitment.salt, record);
  return commitment;
}

bool CommitmentHolds(const RecordCommitment& commitment, BytesView record) {
  return commitment.hash == CommitmentHash(commitment.salt, record);
}

Details& Details::Set(Literal name, Json value) {
  json_.Set(name.text(), std::move(value));
  return *this;
}

Details& Details::Add(Literal name, Instant value) {
  return Set(name, Json(FormatInstant(value)));
}
Details& Details::Add(Literal name, Literal value) {
  return Set(name, Json(value.text()));
}
Details& Details::Add(Literal name, const Word& value) {
  return Set(name, Json(value.ToString()));
}
Details& Details::Add(Literal name, const Uuid& value) {
  return Set(name, Json(value.ToString()));
}
Details& Details::Add(Literal name, const RecordCommitment& value) {
  return Set(name, Json(value.hash));
}

Details& Details::Add(Literal name, std::span<const Word> values) {
  Json words = Json::Array();
  for (const Word& word : values) words.Push(Json(word.ToString()));
  return Set(name, std::move(words));
}

void ActionRegistry::Register(std::span<const ActionInfo> actions) {
  for (const ActionInfo& action : actions) {
    Invariant(IsActionName(action.name), "an action is named <room>.<object>.<verb in the past>");
    Invariant(!action.description.empty(), "an action has a description for auditors");
    Invariant(actions_.emplace(action.name, action.description).second, "an action is registered once");
  }
}

}  // namespace privity
