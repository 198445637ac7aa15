// Links from the company's own pages to the portal's form, with what the person wants and their address filled in.
//
// The token in such a link is sealed: whoever reads it in a history, a log or a letter learns nothing, and nobody but
// this installation makes one. It expires. It proves nobody: the form is filled in, and the person still proves the
// address with a code. The token stands behind "#", so that browsers send it to no server but in the body of a call.
//
// Threads: every method may be called from many.
#pragma once

#include <chrono>
#include <optional>
#include <string>

#include "rights/requests.h"

namespace privity {

inline constexpr std::int64_t kLinkHoursMax = 24 * 90;

// What is filled in. All but the law may be missing.
struct PortalPrefill {
  std::optional<std::string> law{};
  std::optional<Right> right{};
  std::optional<std::string> email{};
  std::optional<std::string> language{};
};
PRIVITY_DESCRIBE(PortalPrefill, (law, right, email, language))
std::vector<FieldNote> FieldNotes(const PortalPrefill*);

struct PortalLinkOrder {
  std::optional<std::string> law{};
  std::optional<Right> right{};
  std::optional<std::string> email{};
  std::optional<std::string> language{};
  std::int64_t valid_hours = 72;
};
PRIVITY_DESCRIBE(PortalLinkOrder, (law, right, email, language, valid_hours))
std::vector<FieldNote> FieldNotes(const PortalLinkOrder*);

struct PortalLink {
  std::string url;  // personal, where an address is in it
  Instant expires_at{};
};
PRIVITY_DESCRIBE(PortalLink, (url, expires_at))
std::vector<FieldNote> FieldNotes(const PortalLink*);

class PortalLinks {
 public:
  explicit PortalLinks(const RightsWorld& world) : world_(world) {}

  // rights.portal_off: the portal has no address; mail.address_invalid; packs.unknown, packs.not_in_force;
  // law.right_unknown; those of the ledger.
  Result<PortalLink> Make(WriteTx& tx, const Caller& caller, const PortalLinkOrder& order) const;
  // rights.link_invalid for whatever is wrong with it.
  Result<PortalPrefill> Open(const std::string& token) const;

 private:
  const RightsWorld world_;
};

}  // namespace privity
