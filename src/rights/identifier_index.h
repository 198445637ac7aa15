// Keyed hashes of what people are known by: the same for every spelling of one value, and of no use to whoever has the
// database without the key home. Requests and restrictions (restrictions.h) find people by them.
//
// The key ("rights.index") can be replaced although nobody may know any more whose a hash is: under key n stands the
// hash by key n of the hash by key n - 1. So each hash is lifted to a new key as it stands (reindexing.h), and whoever
// has a copy of the key home from before can no longer try names against the database. Until all are lifted, and after
// an older database was restored, look-ups take the hashes of all keys.
//
// Values; safe to use from many threads. One knows the keys that there were when it was made: make one for each
// transaction.
#pragma once

#include <string>
#include <vector>

#include "crypto/blind_index.h"
#include "crypto/key_home.h"
#include "rights/fulfilment.h"

namespace privity {

class IdentifierIndex {
 public:
  static constexpr std::string_view kKey = "rights.index";

  explicit IdentifierIndex(KeyHome& home);

  // Hexadecimal, behind "2:" by the second key. Case and white space do not tell people apart.
  std::string Of(const Identifier& identifier) const { return All(identifier).front(); }
  // By every key, the newest first.
  std::vector<std::string> All(const Identifier& identifier) const;

  // The same by the newest key. "" stays.
  std::string Lifted(const std::string& hash) const;

 private:
  std::string Next(const std::string& hash, std::size_t version) const;

  const std::vector<BlindIndex> keys_;  // the oldest first
};

}  // namespace privity
