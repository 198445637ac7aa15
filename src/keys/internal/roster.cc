#include "keys/internal/roster.h"

#include <algorithm>
#include <array>

#include "base/invariant.h"

namespace privity::internal {
namespace {

constexpr std::size_t kSubjectBytes = 16;
// An entry without its wrapped key: subject, purpose, version, length.
constexpr std::size_t kFixedBytes = kSubjectBytes + 1 + 4 + 2;

constexpr std::array<std::string_view, 2> kPurposes = {"data", "tag"};

void AppendNumber(Bytes& out, std::uint32_t number, int bytes) {
  for (int shift = 8 * (bytes - 1); shift >= 0; shift -= 8) out.push_back(std::byte((number >> shift) & 0xff));
}

std::uint32_t NumberAt(BytesView bytes, std::size_t at, std::size_t size) {
  std::uint32_t number = 0;
  for (const std::byte byte : bytes.subspan(at, size)) number = number << 8 | std::to_integer<std::uint32_t>(byte);
  return number;
}

}  // namespace

Bytes EncodeRosterEntries(const std::vector<RosterEntry>& entries) {
  Bytes out;
  for (const RosterEntry& entry : entries) {
    const auto purpose = std::ranges::find(kPurposes, entry.purpose);
    Invariant(purpose != kPurposes.end() && entry.wrapped.size() <= 0xffff, "a wrapped key fits the roster");
    out.insert(out.end(), entry.subject.bytes().begin(), entry.subject.bytes().end());
    AppendNumber(out, static_cast<std::uint32_t>(purpose - kPurposes.begin()), 1);
    AppendNumber(out, entry.version, 4);
    AppendNumber(out, static_cast<std::uint32_t>(entry.wrapped.size()), 2);
    out.insert(out.end(), entry.wrapped.begin(), entry.wrapped.end());
  }
  return out;
}

Result<std::vector<RosterEntry>> DecodeRosterEntries(BytesView bytes) {
  std::vector<RosterEntry> entries;
  while (!bytes.empty()) {
    if (bytes.size() < kFixedBytes) return Error("keys.roster_malformed");
    const std::uint32_t purpose = NumberAt(bytes, kSubjectBytes, 1);
    const std::size_t wrapped_bytes = NumberAt(bytes, kSubjectBytes + 5, 2);
    if (purpose >= kPurposes.size() || bytes.size() < kFixedBytes + wrapped_bytes)
      return Error("keys.roster_malformed");
    std::array<std::byte, kSubjectBytes> subject;
    std::ranges::copy(bytes.first(kSubjectBytes), subject.begin());
    const BytesView wrapped = bytes.subspan(kFixedBytes, wrapped_bytes);
    entries.push_back({.subject = Uuid::FromBytes(subject),
                       .purpose = std::string(kPurposes[purpose]),
                       .version = NumberAt(bytes, kSubjectBytes + 1, 4),
                       .wrapped = Bytes(wrapped.begin(), wrapped.end())});
    bytes = bytes.subspan(kFixedBytes + wrapped_bytes);
  }
  return entries;
}

}  // namespace privity::internal
