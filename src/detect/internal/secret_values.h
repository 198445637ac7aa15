// What a secret looks like, and what only looks like one.
#pragma once

#include <cstddef>
#include <string_view>

namespace privity::detect {

// Whether an address (without its scheme) is that of a hook, whose path is all that one needs to post there, or holds a
// key before its host.
bool OpensByItself(std::string_view host_and_path);

// Whether a value is none, but says where the secret is kept ("vault:secret/data/crm", "file:/run/secrets/db"), is
// encrypted, or the public half of a key.
bool PointsElsewhere(std::string_view value);

// "Argon2PasswordHasher": three words with capitals and more, as programs name things.
bool IsNameInCode(std::string_view value);

// "rSvuQyJBblaHy": small letters and capitals in turn, as no word of a program has them ("getUserPassword").
bool LooksRandom(std::string_view value);

// Of a key that is given away: as long, as mixed, and with as many bits of entropy for each character.
bool LooksLikeKey(std::string_view value, std::size_t bytes_min, double bits = 3.0);

// Of values behind what leads to a secret.
namespace led {

// Which kinds of characters a value has; dots and underscores are none.
struct Mix {
  bool digit = false, lower = false, upper = false, sign = false;

  explicit Mix(std::string_view value);
  bool letter() const { return lower || upper; }
};

// Where a password must stand: a word in which digits are.
bool MayBePassword(std::string_view value);
// Where other words may stand as well: no word of a sentence, and no name of a thing ("db-7").
bool IsPasswordForSure(std::string_view value);
// Letters and digits by chance, as no name of a thing has them ("my-app-credentials-2024").
bool IsRandomRun(std::string_view value, std::size_t bytes_min);
// "ef7685a9-0fda-f10d-a0d5-e5efde6c75d3": as often of a thing as of a key.
bool IsUuid(std::string_view value);
// "sha256", "HS512", "aes-256-gcm", "utf-16": what stands in calls beside keys.
bool NamesAlgorithm(std::string_view value);

}  // namespace led
}  // namespace privity::detect
