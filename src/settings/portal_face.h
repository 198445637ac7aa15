// How the public portal looks: one row. What it says in the company's own words is in portal_text.h.
//
// A color that people could not read is refused: text in it, on the page, and text of the page's color on it have a
// contrast of at least 4.5:1 (WCAG 2.2, success criterion 1.4.3). A logo is a small picture of a kind that cannot act
// (no SVG).
//
// Threads: every method may be called from many threads. The ledger outlives the object.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/type_table.h"
#include "ledger/ledger.h"
#include "store/store.h"

namespace privity {

inline constexpr std::size_t kPortalLogoBytesMax = 32 * 1024;
// What accents stand on (web/portal/style.css): of the light and of the dark theme.
inline constexpr std::string_view kPortalLightSurface = "#ffffff";
inline constexpr std::string_view kPortalDarkSurface = "#1e2527";

struct PortalFace {
  std::optional<std::string> name;         // none: the organization's
  std::optional<std::string> accent;       // "#1b6f5d", on light
  std::optional<std::string> accent_dark;  // on dark
  std::optional<std::string> logo;         // "data:image/png;base64,…"
  bool show_holdings = false;              // whether everybody may read which kinds of data are held
  std::int64_t version = 0;                // grows with every change; 0 before the first
};
PRIVITY_DESCRIBE(PortalFace, (name, accent, accent_dark, logo, show_holdings, version))
inline std::vector<FieldNote> FieldNotes(const PortalFace*) {
  return {{.name = "name",
           .description = "As data subjects know you; without it, the organization's name.",
           .example = "Example Shop",
           .min_length = 1,
           .max_length = 100},
          {.name = "accent",
           .description = "Color of buttons and links in the light theme; refused when it is hard to read.",
           .example = "#1b6f5d",
           .min_length = 7,
           .max_length = 7},
          {.name = "accent_dark",
           .description = "The same in the dark theme.",
           .example = "#8ac4b4",
           .min_length = 7,
           .max_length = 7},
          {.name = "logo",
           .description = "A PNG, JPEG or WebP of at most 32 KiB, as data: URL in base64.",
           .min_length = 1,
           .max_length = 44'000},
          {.name = "show_holdings",
           .description = "Whether everybody may read on the portal which kinds of data you hold.",
           .defaulted = true},
          {.name = "version", .description = "Grows with every change.", .read_only = true}};
}

// From 1 to 21 (WCAG 2.2, "contrast ratio"). settings.color_invalid{color}: not "#" and six hexadecimal digits.
Result<double> ContrastOf(std::string_view one, std::string_view other);

class PortalFaces {
 public:
  PortalFaces(Ledger& ledger, const Clock& clock) : ledger_(ledger), clock_(clock) {}

  Result<PortalFace> Get(ReadTx& tx) const;

  // Replaces all of it. settings.changed_meanwhile; settings.color_invalid, settings.color_faint{color, ratio};
  // settings.logo_invalid. The entry names which members changed, not their values.
  Result<PortalFace> Put(WriteTx& tx, const Actor& actor, const std::string& request_id, const PortalFace& face,
                         std::optional<std::int64_t> expected_version) const;

 private:
  Ledger& ledger_;
  const Clock& clock_;
};

}  // namespace privity
