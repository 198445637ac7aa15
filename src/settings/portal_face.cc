#include "settings/portal_face.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>

#include "base/bytes.h"

namespace privity {
namespace {

constexpr double kContrastMin = 4.5;

struct LogoKind {
  std::string_view prefix;
  std::string_view magic;  // at `at`
  std::size_t at = 0;
};
constexpr std::array<LogoKind, 3> kLogoKinds = {{{"data:image/png;base64,", "\x89PNG\r\n\x1a\n"},
                                                 {"data:image/jpeg;base64,", "\xff\xd8\xff"},
                                                 {"data:image/webp;base64,", "WEBP", 8}}};

// WCAG 2.2, "relative luminance": of one channel.
double Linear(int channel) {
  const double part = channel / 255.0;
  return part <= 0.04045 ? part / 12.92 : std::pow((part + 0.055) / 1.055, 2.4);
}

Result<double> Luminance(std::string_view color) {
  const Error invalid("settings.color_invalid", {{"color", std::string(color)}});
  if (color.size() != 7 || color[0] != '#') return invalid;
  std::array<double, 3> channels{};
  for (std::size_t i = 0; i < channels.size(); ++i) {
    int value = 0;
    const char* begin = color.data() + 1 + 2 * i;
    const auto [end, failure] = std::from_chars(begin, begin + 2, value, 16);
    if (failure != std::errc() || end != begin + 2 || *begin == '-') return invalid;
    channels[i] = Linear(value);
  }
  return 0.2126 * channels[0] + 0.7152 * channels[1] + 0.0722 * channels[2];
}

Status CheckColor(const std::optional<std::string>& color, std::string_view surface) {
  if (!color) return Ok();
  PRIVITY_TRY(const double contrast, ContrastOf(*color, surface));
  if (contrast >= kContrastMin) return Ok();
  // Cut off, so that 4.49 is not shown as the 4.5 that it misses.
  const auto tenths = static_cast<int>(contrast * 10);
  return Error("settings.color_faint",
               {{"color", *color}, {"ratio", std::to_string(tenths / 10) + "." + std::to_string(tenths % 10)}});
}

Status CheckLogo(const std::optional<std::string>& logo) {
  if (!logo) return Ok();
  const auto kind = std::ranges::find_if(kLogoKinds, [&](const LogoKind& k) { return logo->starts_with(k.prefix); });
  if (kind == kLogoKinds.end()) return Error("settings.logo_invalid");
  const auto bytes = Base64Decode(std::string_view(*logo).substr(kind->prefix.size()));
  if (!bytes.ok() || bytes->size() > kPortalLogoBytesMax || bytes->size() < kind->at + kind->magic.size()) {
    return Error("settings.logo_invalid");
  }
  const bool fits = AsText(*bytes).substr(kind->at).starts_with(kind->magic);
  return fits ? Ok() : Status(Error("settings.logo_invalid"));
}

Status Check(const PortalFace& face) {
  PRIVITY_TRY_VOID(CheckColor(face.accent, kPortalLightSurface));
  PRIVITY_TRY_VOID(CheckColor(face.accent_dark, kPortalDarkSurface));
  return CheckLogo(face.logo);
}

std::vector<Word> ChangedMembers(const PortalFace& before, const PortalFace& after) {
  std::vector<Word> changed;
  const auto note = [&](bool differs, std::string_view member) {
    if (differs) changed.push_back(Word::Parse(member).value());
  };
  note(before.name != after.name, "name");
  note(before.accent != after.accent, "accent");
  note(before.accent_dark != after.accent_dark, "accent_dark");
  note(before.logo != after.logo, "logo");
  note(before.show_holdings != after.show_holdings, "show_holdings");
  return changed;
}

}  // namespace

Result<double> ContrastOf(std::string_view one, std::string_view other) {
  PRIVITY_TRY(const double first, Luminance(one));
  PRIVITY_TRY(const double second, Luminance(other));
  return (std::max(first, second) + 0.05) / (std::min(first, second) + 0.05);
}

Result<PortalFace> PortalFaces::Get(ReadTx& tx) const {
  PRIVITY_TRY(const auto row,
              tx.QueryOne("SELECT name, accent, accent_dark, logo, show_holdings, version FROM settings_portal"));
  if (!row) return PortalFace();
  using Text = std::optional<std::string>;
  return PortalFace{.name = row->Get<Text>(0),
                    .accent = row->Get<Text>(1),
                    .accent_dark = row->Get<Text>(2),
                    .logo = row->Get<Text>(3),
                    .show_holdings = row->Get<std::int64_t>(4) != 0,
                    .version = row->Get<std::int64_t>(5)};
}

Result<PortalFace> PortalFaces::Put(WriteTx& tx, const Actor& actor, const std::string& request_id,
                                    const PortalFace& face, std::optional<std::int64_t> expected_version) const {
  PRIVITY_TRY(const PortalFace before, Get(tx));
  if (expected_version && *expected_version != before.version) return Error("settings.changed_meanwhile");
  PRIVITY_TRY_VOID(Check(face));
  PortalFace after = face;
  after.version = before.version + 1;
  PRIVITY_TRY_VOID(tx.Execute(
      "INSERT INTO settings_portal(id, name, accent, accent_dark, logo, show_holdings, version, changed_at) VALUES(1, "
      "$1, $2, $3, $4, $5, $6, $7) ON CONFLICT(id) DO UPDATE SET name = excluded.name, accent = excluded.accent, "
      "accent_dark = excluded.accent_dark, logo = excluded.logo, show_holdings = excluded.show_holdings, version = "
      "excluded.version, changed_at = excluded.changed_at",
      {after.name, after.accent, after.accent_dark, after.logo, std::int64_t{after.show_holdings ? 1 : 0},
       after.version, clock_.Now()}));
  Entry entry{.action = "settings.portal.changed", .actor = actor, .request_id = request_id};
  entry.details.Add("members", ChangedMembers(before, after));
  PRIVITY_TRY_VOID(ledger_.Append(tx, entry));
  return after;
}

}  // namespace privity
