#include "rights/portal_link.h"

#include "base/json.h"
#include "crypto/seal.h"
#include "law/regulation.h"

namespace privity {
namespace {

constexpr std::string_view kKey = "rights.link";
constexpr std::size_t kTokenBytesMax = 4096;

struct LinkContent {
  PortalPrefill prefill;
  Instant expires_at{};
};
PRIVITY_DESCRIBE(LinkContent, (prefill, expires_at))

AssociatedData AboutLink() {
  return AssociatedData("privity.portal-link.v1");
}

std::vector<FieldNote> PrefillNotes() {
  return {{.name = "law", .description = "Under which law.", .example = "eu-gdpr", .format = "slug", .max_length = 64},
          {.name = "right", .description = "What the person wants."},
          {.name = "email",
           .description = "The person's address; they prove it all the same.",
           .format = "email",
           .max_length = 254},
          {.name = "language", .description = "Of the page.", .example = "de", .min_length = 2, .max_length = 20}};
}

}  // namespace

std::vector<FieldNote> FieldNotes(const PortalPrefill*) {
  return PrefillNotes();
}
std::vector<FieldNote> FieldNotes(const PortalLinkOrder*) {
  std::vector<FieldNote> notes = PrefillNotes();
  notes.push_back({.name = "valid_hours",
                   .description = "For how long it fills anything in.",
                   .minimum = 1,
                   .maximum = kLinkHoursMax,
                   .defaulted = true});
  return notes;
}
std::vector<FieldNote> FieldNotes(const PortalLink*) {
  return {{.name = "url", .description = "For this person alone, where an address is in it."}};
}

Result<PortalLink> PortalLinks::Make(WriteTx& tx, const Caller& caller, const PortalLinkOrder& order) const {
  if (world_.portal.origin().empty()) return Error("rights.portal_off");
  if (order.email) PRIVITY_TRY_VOID(Mailbox::Create(*order.email));
  const Instant now = world_.clock.Now();
  if (order.law) {
    PRIVITY_TRY(const Organization organization, world_.organization.Get(tx));
    PRIVITY_TRY_VOID(LawOn(world_.packs(), *order.law, organization.time_zone.DateAt(now)));
  }
  const LinkContent content{
      .prefill = {.law = order.law, .right = order.right, .email = order.email, .language = order.language},
      .expires_at = now + std::chrono::hours(order.valid_hours)};
  PRIVITY_TRY(const VersionedKey key, world_.key_home.Named(kKey));
  PRIVITY_TRY(const Bytes sealed, Seal(key.key, key.version, AsBytes(ToJson(content)), AboutLink()));
  PRIVITY_TRY_VOID(
      world_.ledger.Append(tx, {.action = "rights.link.made", .actor = caller.actor, .request_id = caller.request_id}));
  return PortalLink{.url = world_.portal.origin() + "/ask#link=" + Base64UrlEncode(sealed),
                    .expires_at = content.expires_at};
}

Result<PortalPrefill> PortalLinks::Open(const std::string& token) const {
  const Error invalid("rights.link_invalid");
  const auto sealed = token.size() > kTokenBytesMax ? Result<Bytes>(invalid) : Base64UrlDecode(token);
  if (!sealed.ok()) return invalid;
  const auto version = SealedKeyVersion(*sealed);
  if (!version.ok()) return invalid;
  const auto key = world_.key_home.NamedVersion(kKey, *version);
  if (!key.ok()) return invalid;
  const auto opened = privity::Open(*key, *sealed, AboutLink());
  if (!opened.ok()) return invalid;
  PRIVITY_TRY(LinkContent content, FromJson<LinkContent>(AsText(opened->Reveal())));
  if (content.expires_at <= world_.clock.Now()) return invalid;
  return std::move(content.prefill);
}

}  // namespace privity
