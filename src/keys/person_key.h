// The keys of one person, unwrapped, for the length of one piece of work: seal and open their fields, tag ledger
// entries.
//
// Do not keep it: a PersonKey that outlives a shred still opens that person's records. Values; wiped when destroyed;
// safe to use from many threads.
#pragma once

#include <cstdint>
#include <map>
#include <string_view>

#include "base/bytes.h"
#include "base/id.h"
#include "base/result.h"
#include "base/secret.h"
#include "crypto/hash.h"
#include "crypto/key.h"

namespace privity {

// The person the data is about (GDPR Art. 4(1)), or a thing that is to be shredded on its own, such as a file.
struct SubjectIdTag {};
using SubjectId = Id<SubjectIdTag>;

// Where a sealed value belongs within the person's data. All of it is authenticated: a value opens nowhere else.
struct FieldPlace {
  std::string_view collection;
  std::string_view record;
  std::string_view field;
};

class PersonKey {
 public:
  // Under the newest version. Errors: crypto.too_large.
  Result<Bytes> Seal(BytesView plaintext, const FieldPlace& place) const;
  // Errors: keys.version_retired (sealed under a version that is gone), crypto.open_failed and the other errors of Open
  // in crypto/seal.h.
  Result<SecretBytes> Open(BytesView sealed, const FieldPlace& place) const;
  // Whether `sealed` names an older version than the newest: seal it anew.
  Result<bool> IsOutdated(BytesView sealed) const;

  // The mark by which ledger entry `entry_id` says "about this person" to those who hold this key, and nothing to
  // others (HMAC-SHA256). It differs from entry to entry, does not change when the data key is rotated, and means
  // nothing to anybody once the person is shredded.
  Sha256Digest EntryTag(BytesView entry_id) const;

  const SubjectId& subject() const { return subject_; }
  std::uint32_t version() const { return versions_.rbegin()->first; }

 private:
  friend class PersonKeys;
  PersonKey(const Uuid& installation, const SubjectId& subject, std::map<std::uint32_t, Key> versions,
            const Key& tag_key)
      : installation_(installation), subject_(subject), versions_(std::move(versions)), tag_key_(tag_key) {}
  Uuid installation_;
  SubjectId subject_;
  std::map<std::uint32_t, Key> versions_;  // never empty
  Key tag_key_;
};

}  // namespace privity
