// Typed identifiers: a type per thing, so that a user's id cannot be passed where a session's is wanted.
//
// `New` gives a UUIDv7 (RFC 9562 section 5.7): ordered by time, so that rows made together lie together. What the
// public sees must not tell when it was made nor be guessable: `NewRandom` gives a UUIDv4 (section 5.4) for those.
//
//   struct UserTag {};  using UserId = Id<UserTag>;
#pragma once

#include <array>
#include <compare>
#include <cstddef>
#include <functional>
#include <string>
#include <string_view>

#include "base/clock.h"
#include "base/result.h"

namespace privity {

class Uuid {
 public:
  static constexpr std::string_view kTextForm = "uuid";  // its name in errors and schemas
  Uuid() = default;                                      // the nil UUID: "no such thing"
  static Uuid NewV7(const Clock& clock);
  static Uuid NewV4();
  // The 36-character form, either case. base.id_invalid.
  static Result<Uuid> Parse(std::string_view text);
  static Uuid FromBytes(const std::array<std::byte, 16>& bytes) { return Uuid(bytes); }

  std::string ToString() const;
  const std::array<std::byte, 16>& bytes() const { return bytes_; }
  bool is_nil() const { return *this == Uuid(); }
  auto operator<=>(const Uuid&) const = default;

 private:
  explicit Uuid(const std::array<std::byte, 16>& bytes) : bytes_(bytes) {}
  std::array<std::byte, 16> bytes_{};
};

template <class Tag>
class Id {
 public:
  static constexpr std::string_view kTextForm = Uuid::kTextForm;
  Id() = default;
  static Id New(const Clock& clock) { return Id(Uuid::NewV7(clock)); }
  static Id NewRandom() { return Id(Uuid::NewV4()); }
  static Result<Id> Parse(std::string_view text) {
    PRIVITY_TRY(const Uuid uuid, Uuid::Parse(text));
    return Id(uuid);
  }
  explicit Id(const Uuid& uuid) : uuid_(uuid) {}

  std::string ToString() const { return uuid_.ToString(); }
  const Uuid& uuid() const { return uuid_; }
  bool is_nil() const { return uuid_.is_nil(); }
  auto operator<=>(const Id&) const = default;

 private:
  Uuid uuid_;
};

}  // namespace privity

template <>
struct std::hash<privity::Uuid> {
  std::size_t operator()(const privity::Uuid& uuid) const noexcept;
};
template <class Tag>
struct std::hash<privity::Id<Tag>> {
  std::size_t operator()(const privity::Id<Tag>& id) const noexcept { return std::hash<privity::Uuid>()(id.uuid()); }
};
