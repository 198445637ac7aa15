// What an entry may say. The types make the private call the easy one: an entry names people of the company and things
// by id, and has no place for a name, an address or a free text.
#pragma once

#include <compare>
#include <concepts>
#include <cstdint>
#include <initializer_list>
#include <map>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/bytes.h"
#include "base/clock.h"
#include "base/id.h"
#include "base/json.h"
#include "base/result.h"
#include "base/type_table.h"
#include "keys/person_key.h"

namespace privity {

struct LedgerEntryTag {};
using EntryId = Id<LedgerEntryTag>;

// A text of the program, not of its users: only a string literal converts.
class Literal {
 public:
  consteval Literal(const char* text) : text_(text) {}  // NOLINT: implicit by design
  constexpr std::string_view text() const { return text_; }

 private:
  std::string_view text_;
};

// A name made by machines, such as a permission, a job kind, a setting or an error code: 1 to 128 characters of a-z,
// 0-9 and
// ". _ : / -". Neither an e-mail address nor a person's name as people write it fits.
class Word {
 public:
  static Result<Word> Parse(std::string_view text);  // ledger.word_invalid
  static bool Accepts(std::string_view text);
  const std::string& ToString() const { return text_; }
  auto operator<=>(const Word&) const = default;

 private:
  explicit Word(std::string text) : text_(std::move(text)) {}
  std::string text_;
};

// Binds an entry to a record without showing it: hash = SHA-256(salt, record). The salt is kept with the record and
// erased with it; from then on nobody can tell which record it was, however few values were possible.
struct RecordCommitment {
  Bytes salt;        // 16 random bytes
  std::string hash;  // "sha256:" and 64 hex digits: goes into the entry
};
RecordCommitment CommitToRecord(BytesView record);
bool CommitmentHolds(const RecordCommitment& commitment, BytesView record);

// What happened, beyond who did what to which thing: counts, flags, instants, ids and machine words, by name.
//
//   Details().Add("role", role_id).Add("sessions_ended", 3)
class Details {
 public:
  Details& Add(Literal name, std::same_as<bool> auto value) { return Set(name, Json(value)); }
  template <std::integral T>
  requires(!std::same_as<T, bool> && !std::same_as<T, char>) Details& Add(Literal name, T value) {
    return Set(name, Json(value));
  }
  Details& Add(Literal name, Instant value);
  Details& Add(Literal name, Literal value);
  Details& Add(Literal name, const Word& value);
  Details& Add(Literal name, std::span<const Word> values);
  Details& Add(Literal name, const Uuid& value);
  template <class Tag>
  Details& Add(Literal name, const Id<Tag>& value) {
    return Add(name, value.uuid());
  }
  Details& Add(Literal name, const RecordCommitment& value);

  const Json& json() const { return json_; }

 private:
  Details& Set(Literal name, Json value);
  Json json_ = Json::Object();
};

enum class ActorKind {
  kUser,      // a person of the company, signed in; id: user id
  kToken,     // an API token; id: token id
  kSubject,   // a data subject in the portal; id is empty, the person is named in Entry::subjects
  kSystem,    // Privity itself; id: the room
  kOperator,  // the command line on the server; id: "uid-<number>"
};
PRIVITY_DESCRIBE_ENUM(ActorKind, kUser, kToken, kSubject, kSystem, kOperator)

struct Actor {
  ActorKind kind = ActorKind::kSystem;
  std::string id = {};  // empty, or with the form of a Word (a UUID has it)
  bool operator==(const Actor&) const = default;
};
PRIVITY_DESCRIBE(Actor, (kind, id))

struct Entry {
  std::string action = {};  // a registered name, "<room>.<object>.<verb in the past>"
  Actor actor = {};
  std::string object_kind = {};  // a Word such as "user"; empty when the action has no object. Never "subject"
  std::string object_id = {};    // a Word
  Details details = {};
  // The people whom the data is about. The entry keeps a tag for each, which means nothing once that person is
  // shredded; the table from person to entries can be erased.
  std::vector<SubjectId> subjects = {};
  std::string request_id = {};  // empty outside a request; otherwise a Word
};

// The actions that a room may record. A list in code, so that auditors can read what the ledger can contain.
struct ActionInfo {
  std::string_view name;         // "identity.user.created"
  std::string_view description;  // one English sentence for auditors
};

class ActionRegistry {
 public:
  // Called while the application is built, never later. A name of another form or known already is an Invariant.
  void Register(std::span<const ActionInfo> actions);
  bool Knows(std::string_view name) const { return actions_.contains(name); }
  // By name.
  const std::map<std::string_view, std::string_view>& actions() const { return actions_; }

 private:
  std::map<std::string_view, std::string_view> actions_;
};

}  // namespace privity
