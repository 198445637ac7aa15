#include "cli/render.h"

#include <sys/ioctl.h>
#include <unicode/uchar.h>
#include <unicode/utf8.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cstdlib>

#include "words/catalog.h"
#include "words/terminal_text.h"

namespace privity {
namespace {

Terminal Of(int descriptor) {
  Terminal terminal;
  terminal.is_terminal = isatty(descriptor) == 1;
  const char* no_color = std::getenv("NO_COLOR");  // no-color.org: any value that is not empty
  terminal.color = terminal.is_terminal && (no_color == nullptr || *no_color == '\0');
  winsize size{};
  if (terminal.is_terminal && ioctl(descriptor, TIOCGWINSZ, &size) == 0 && size.ws_col > 0)
    terminal.width = size.ws_col;
  return terminal;
}

std::string Cell(const Json& value);

// What a thing within a cell says first: its plain values, as many as fit into a glance.
std::string Glance(const Json::Members& members) {
  constexpr std::size_t kValues = 3;
  std::string out;
  std::size_t count = 0;
  for (const auto& member : members) {
    if (member.value.is_null() || member.value.items() || member.value.members()) continue;
    if (++count > kValues) break;
    out += (out.empty() ? "" : " ") + Cell(member.value);
  }
  return out;
}

// One cell, on one line.
std::string Cell(const Json& value) {
  if (value.is_null()) return "";
  if (const auto* text = value.string()) return Harmless(*text);
  if (const auto* flag = value.boolean()) return *flag ? "yes" : "no";
  if (const auto* members = value.members()) return Glance(*members);
  if (const auto* items = value.items()) {
    std::string list;
    for (const auto& item : *items) list += (list.empty() ? "" : ", ") + Cell(item);
    return list;
  }
  return Harmless(ToJson(value));
}

std::string Shortened(std::string text, int width) {
  if (DisplayWidth(text) <= width) return text;
  std::string out;
  for (std::int32_t i = 0; i < static_cast<std::int32_t>(text.size());) {
    const std::int32_t begin = i;
    U8_FWD_1(text.data(), i, static_cast<std::int32_t>(text.size()));
    const std::string next = out + text.substr(static_cast<std::size_t>(begin), static_cast<std::size_t>(i - begin));
    if (DisplayWidth(next) > width - 1) break;
    out = next;
  }
  return out + "…";
}

std::string Padded(const std::string& text, int width) {
  return text + std::string(static_cast<std::size_t>(std::max(0, width - DisplayWidth(text))), ' ');
}

std::string Title(std::string_view key) {
  std::string title(key);
  std::replace(title.begin(), title.end(), '_', ' ');
  std::transform(title.begin(), title.end(), title.begin(),
                 [](unsigned char c) { return static_cast<char>(std::toupper(c)); });
  return title;
}

class Table {
 public:
  explicit Table(const Json::Items& items) {
    for (const auto& item : items) {
      if (!item.members()) continue;
      for (const auto& member : *item.members()) {
        if (std::find(keys_.begin(), keys_.end(), member.key) == keys_.end()) keys_.push_back(member.key);
      }
    }
    for (const auto& item : items) {
      std::vector<std::string> row;
      for (const auto& key : keys_) row.push_back(Cell(item[key]));
      rows_.push_back(std::move(row));
    }
  }

  std::string Text(const Terminal& terminal) const {
    std::vector<int> widths;
    for (std::size_t column = 0; column < keys_.size(); ++column) {
      int width = DisplayWidth(Title(keys_[column]));
      for (const auto& row : rows_) width = std::max(width, DisplayWidth(row[column]));
      widths.push_back(width);
    }
    // A pipe gets every character; a terminal gets the widest columns cut until the line fits.
    if (terminal.is_terminal) Fit(widths, terminal.width);
    std::string out;
    std::vector<std::string> titles;
    for (const auto& key : keys_) titles.push_back(Title(key));
    AppendRow(out, titles, widths);
    for (const auto& row : rows_) AppendRow(out, row, widths);
    return out;
  }

 private:
  static constexpr int kGap = 2;
  static constexpr int kNarrowest = 8;

  static void Fit(std::vector<int>& widths, int total) {
    const auto sum = [&] {
      int all = 0;
      for (const int width : widths) all += width + kGap;
      return all - kGap;
    };
    while (sum() > total) {
      const auto widest = std::max_element(widths.begin(), widths.end());
      if (*widest <= kNarrowest) return;
      *widest = std::max(kNarrowest, *widest - (sum() - total));
    }
  }

  static void AppendRow(std::string& out, const std::vector<std::string>& cells, const std::vector<int>& widths) {
    std::string line;
    for (std::size_t i = 0; i < cells.size(); ++i) {
      line += Padded(Shortened(cells[i], widths[i]), widths[i]);
      if (i + 1 < cells.size()) line += std::string(kGap, ' ');
    }
    line.erase(line.find_last_not_of(' ') + 1);
    out += line + "\n";
  }

  std::vector<std::string> keys_;
  std::vector<std::vector<std::string>> rows_;
};

std::string List(const Json::Items& items, const Terminal& terminal, std::string_view empty_text) {
  if (items.empty()) return std::string(empty_text) + "\n";
  if (items.front().members()) return Table(items).Text(terminal);
  std::string out;
  for (const auto& item : items) out += Cell(item) + "\n";
  return out;
}

std::string Lines(const Json::Members& members, const Terminal& terminal) {
  int width = 0;
  for (const auto& member : members) width = std::max(width, DisplayWidth(member.key));
  std::string out, nested;
  for (const auto& member : members) {
    const auto* items = member.value.items();
    if (items && !items->empty() && items->front().members()) {
      nested += "\n" + Title(member.key) + "\n" + Table(*items).Text(terminal);
    } else {
      std::string name = member.key;
      std::replace(name.begin(), name.end(), '_', ' ');
      out += Padded(name, width) + "  " + Cell(member.value) + "\n";
    }
  }
  return out + nested;
}

constexpr std::array<std::string_view, 4> kSpelledMembers = {"reason", "ground", "not_covered", "not_shredded"};

// A period of a law (packs/period.h): "1 month, and on to a working day".
std::optional<Json> SpelledPeriod(const Json& answer) {
  const std::int64_t* const value = answer["value"].integer();
  const std::string* const unit = answer["unit"].string();
  const std::string* const start_day = answer["start_day"].string();
  const std::string* const roll = answer["roll"].string();
  if (value == nullptr || unit == nullptr || start_day == nullptr || roll == nullptr) return std::nullopt;
  return Json(Catalog::BuiltIn().Text(
      "en", "cli.word_period", {{"value", *value}, {"unit", *unit}, {"start_day", *start_day}, {"roll", *roll}}));
}

Json SpelledMember(const Json::Member& member) {
  const std::string* const text = member.value.string();
  const bool is_code = text != nullptr && std::ranges::find(kSpelledMembers, member.key) != kSpelledMembers.end();
  if (!is_code) return Spelled(member.value);
  const std::string key = "cli.word_" + member.key + "_" + *text;
  std::string spelled = Catalog::BuiltIn().Text("en", key);
  return Json(spelled == key ? *text : std::move(spelled));
}

}  // namespace

Json Spelled(const Json& answer) {
  if (const auto* items = answer.items()) {
    Json::Items spelled;
    for (const Json& item : *items) spelled.push_back(Spelled(item));
    return Json::ArrayOf(std::move(spelled));
  }
  const auto* members = answer.members();
  if (members == nullptr) return answer;
  if (std::optional<Json> period = SpelledPeriod(answer)) return *std::move(period);
  Json spelled = Json::Object();
  for (const auto& member : *members) spelled.Set(member.key, SpelledMember(member));
  return spelled;
}

Terminal Terminal::OfStandardOutput() {
  return Of(STDOUT_FILENO);
}
Terminal Terminal::OfStandardError() {
  return Of(STDERR_FILENO);
}

int DisplayWidth(std::string_view utf8) {
  int width = 0;
  for (std::int32_t i = 0; i < static_cast<std::int32_t>(utf8.size());) {
    UChar32 c = 0;
    U8_NEXT(utf8.data(), i, static_cast<std::int32_t>(utf8.size()), c);
    if (c < 0) {
      ++width;
      continue;
    }
    const auto category = u_charType(c);
    if (category == U_NON_SPACING_MARK || category == U_ENCLOSING_MARK || IsHostile(static_cast<char32_t>(c))) continue;
    const auto wide = u_getIntPropertyValue(c, UCHAR_EAST_ASIAN_WIDTH);
    width += wide == U_EA_WIDE || wide == U_EA_FULLWIDTH ? 2 : 1;
  }
  return width;
}

std::string Render(const Json& answer, const Terminal& terminal, std::string_view empty_text) {
  if (answer.is_null()) return "";
  if (const auto* items = answer.items()) return List(*items, terminal, empty_text);
  if (const auto* items = answer["items"].items()) return List(*items, terminal, empty_text);
  if (const auto* members = answer.members()) return Lines(*members, terminal);
  return Cell(answer) + "\n";
}

}  // namespace privity
