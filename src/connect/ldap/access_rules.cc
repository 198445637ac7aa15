#include "connect/ldap/access_rules.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <utility>

namespace privity::connect_internal {
namespace {

char Lower(char c) {
  return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

std::string Lowered(std::string_view text) {
  std::string lower;
  for (const char c : text) lower += Lower(c);
  return lower;
}

bool IsSpace(char c) {
  return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

// Words between spaces; quotes keep spaces in and are left out, a backslash in quotes keeps what follows.
std::vector<std::string> Tokens(std::string_view text) {
  std::vector<std::string> tokens;
  std::string token;
  bool is_open = false;
  bool is_quoted = false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    if (!is_quoted && IsSpace(c)) {
      if (is_open) tokens.push_back(std::exchange(token, {}));
      is_open = false;
      continue;
    }
    is_open = true;
    if (c == '"') {
      is_quoted = !is_quoted;
    } else if (is_quoted && c == '\\' && i + 1 < text.size() && (text[i + 1] == '"' || text[i + 1] == '\\')) {
      token += text[++i];
    } else {
      token += c;
    }
  }
  if (is_open) tokens.push_back(std::move(token));
  return tokens;
}

// "dn.subtree=ou=people" as the name "dn", the style "subtree", and the value; of "dn.subtree,expand=", the style only.
struct Clause {
  std::string name, style, value;
  bool has_value = false;
};
Clause ClauseOf(std::string_view token) {
  Clause clause;
  const std::size_t equals = token.find('=');
  std::string head = Lowered(token.substr(0, equals));
  clause.has_value = equals != std::string_view::npos;
  if (clause.has_value) clause.value = std::string(token.substr(equals + 1));
  const std::size_t dot = head.find('.');
  if (dot != std::string::npos) clause.style = head.substr(dot + 1, head.find(',', dot) - dot - 1);
  clause.name = head.substr(0, dot);
  return clause;
}

DnRange RangeOf(const Clause& clause) {
  if (clause.value == "*") return {};
  static constexpr std::pair<std::string_view, DnScope> kStyles[] = {
      {"", DnScope::kBase},           {"base", DnScope::kBase},       {"exact", DnScope::kBase},
      {"baseobject", DnScope::kBase}, {"one", DnScope::kOne},         {"onelevel", DnScope::kOne},
      {"sub", DnScope::kSubtree},     {"subtree", DnScope::kSubtree}, {"children", DnScope::kChildren}};
  for (const auto& [style, scope] : kStyles) {
    if (clause.style == style) return {.scope = scope, .dn = NormalDn(clause.value)};
  }
  return {.scope = DnScope::kPattern, .dn = clause.value};
}

bool TakeWhat(const std::string& token, LdapRule& rule) {
  if (token == "*") return true;
  const Clause clause = ClauseOf(token);
  if (clause.name == "dn" && clause.has_value) {
    rule.dn = RangeOf(clause);
    return true;
  }
  if (clause.name == "attrs" || clause.name == "attr") {
    for (std::size_t from = 0; from <= clause.value.size();) {
      const std::size_t end = std::min(clause.value.find(',', from), clause.value.size());
      const std::string name = Lowered(std::string_view(clause.value).substr(from, end - from));
      from = end + 1;
      if (name.empty()) continue;
      if (name[0] == '@' || name[0] == '!') {
        rule.is_partial = true;  // whichever attributes the class has
        rule.attributes.clear();
        return true;
      }
      rule.attributes.push_back(name);
    }
    return !rule.attributes.empty();
  }
  rule.is_partial = true;
  return clause.name == "filter" || clause.name.starts_with("val");
}

bool TakeWho(const std::string& token, LdapBy& by) {
  const Clause clause = ClauseOf(token);
  LdapSubject subject;
  if (token == "*") {
    subject.who = LdapWho::kEveryone;
  } else if (clause.name == "anonymous" && !clause.has_value) {
    by.only_anonymous = true;
  } else if (clause.name == "users" && !clause.has_value) {
    subject.who = LdapWho::kUsers;
  } else if (clause.name == "self") {
    subject.who = LdapWho::kSelf;
  } else if (clause.name == "dn" && clause.has_value) {
    subject = {.who = LdapWho::kDn, .dn = RangeOf(clause)};
    if (subject.dn.scope == DnScope::kAny) subject = {.who = LdapWho::kUsers};
  } else if ((clause.name == "group" || clause.name.starts_with("group/")) && clause.has_value) {
    const std::size_t slash = clause.name.rfind('/');
    const bool names_attribute = slash != std::string::npos && slash != clause.name.find('/');
    subject = {.who = LdapWho::kGroup,
               .dn = RangeOf(clause),
               .member_attribute = names_attribute ? clause.name.substr(slash + 1) : "member"};
  } else {
    subject = {.who = LdapWho::kCondition, .text = token};
  }
  by.subject = std::move(subject);
  return true;
}

constexpr LdapAccess kAll = {.read = true, .add = true, .remove = true};

// Whether the word says what may be done: "read", "=rscxd", "+w", "selfwrite".
bool TakeAccess(std::string_view token, LdapBy& by) {
  std::string word = Lowered(token);
  for (const std::string_view own : {"realself", "self"}) {
    // To values that are the asker's own name: no access to anybody's data.
    if (word.starts_with(own) && word.size() > own.size()) {
      LdapBy inner;
      if (!TakeAccess(std::string_view(word).substr(own.size()), inner)) return false;
      by.set = LdapAccess{};
      return true;
    }
  }
  static constexpr std::array<std::string_view, 5> kBlind = {"none", "disclose", "auth", "compare", "search"};
  if (std::ranges::find(kBlind, word) != kBlind.end()) {
    by.set = LdapAccess{};
    return true;
  }
  if (word == "read") by.set = LdapAccess{.read = true};
  if (word == "add") by.set = LdapAccess{.read = true, .add = true};
  if (word == "delete") by.set = LdapAccess{.read = true, .remove = true};
  if (word == "write" || word == "manage") by.set = kAll;
  if (by.set) return true;
  if (word.size() < 2 || std::string_view("=+-").find(word[0]) == std::string_view::npos ||
      word.find_first_not_of("0wazrscxdm", 1) != std::string::npos) {
    return false;
  }
  const auto has = [&](std::string_view letters) { return word.find_first_of(letters, 1) != std::string::npos; };
  const LdapAccess named{.read = has("r"), .add = has("wa"), .remove = has("wz")};
  if (word[0] == '=') by.set = named;
  if (word[0] == '+') by.give = named;
  if (word[0] == '-') by.take = named;
  return true;
}

bool TakeControl(std::string_view token, LdapBy& by) {
  const std::string word = Lowered(token);
  if (word == "stop") by.then = LdapBy::Then::kStop;
  if (word == "continue") by.then = LdapBy::Then::kContinue;
  if (word == "break") by.then = LdapBy::Then::kBreak;
  return word == "stop" || word == "continue" || word == "break";
}

// The words between one `by` and the next.
std::optional<LdapBy> ByOf(const std::vector<std::string>& tokens, std::size_t from, std::size_t end) {
  LdapBy by;
  std::size_t whos = 0;
  std::string together;
  for (std::size_t i = from; i < end; ++i) {
    if (whos > 0 && (TakeControl(tokens[i], by) || TakeAccess(tokens[i], by))) continue;
    if (!TakeWho(tokens[i], by)) return std::nullopt;
    together += (together.empty() ? "" : " ") + tokens[i];
    ++whos;
  }
  if (whos == 0) return std::nullopt;
  // Somebody, and only when something else holds as well.
  if (whos > 1) by.subject = {.who = LdapWho::kCondition, .text = together};
  if (whos > 1) by.only_anonymous = false;
  return by;
}

bool IsBelow(std::string_view dn, std::string_view above) {
  return above.empty() ? !dn.empty()
                       : dn.size() > above.size() && dn.ends_with(above) && dn[dn.size() - above.size() - 1] == ',';
}

bool Covers(const DnRange& range, const std::string& dn, bool& is_partial) {
  if (range.scope == DnScope::kAny) return true;
  if (range.scope == DnScope::kPattern) {
    is_partial = true;
    return true;
  }
  return IsWithin(dn, range);
}

bool Covers(const LdapRule& rule, const std::string& dn, const std::string& attribute, bool& is_partial) {
  is_partial = rule.is_partial;
  if (!Covers(rule.dn, dn, is_partial)) return false;
  return rule.attributes.empty() || std::ranges::find(rule.attributes, Lowered(attribute)) != rule.attributes.end();
}

bool Means(const LdapBy& by, const LdapSubject& subject, const IsMember& is_member) {
  const LdapSubject& named = by.subject;
  if (named.who == LdapWho::kEveryone) return !by.only_anonymous || subject.who == LdapWho::kEveryone;
  if (subject.who == LdapWho::kEveryone || named.who == LdapWho::kSelf) return false;
  if (named.who == LdapWho::kUsers) return true;
  if (named == subject) return true;
  if (subject.who != LdapWho::kDn) return false;
  if (named.who == LdapWho::kGroup) return subject.dn.scope == DnScope::kBase && is_member(subject.dn.dn, named);
  // Accounts of a part of the tree within a larger one.
  return named.who == LdapWho::kDn && IsWithin(subject.dn.dn, named.dn);
}

void Change(const LdapBy& by, LdapAccess& access) {
  if (by.set) access = *by.set;
  access = {.read = (access.read || by.give.read) && !by.take.read,
            .add = (access.add || by.give.add) && !by.take.add,
            .remove = (access.remove || by.give.remove) && !by.take.remove};
}

LdapAccess Either(const LdapAccess& one, const LdapAccess& other) {
  return {.read = one.read || other.read, .add = one.add || other.add, .remove = one.remove || other.remove};
}

// What one rule makes of `access`; true: no other rule is looked at.
bool Apply(const LdapRule& rule, const LdapSubject& subject, const IsMember& is_member, LdapAccess& access) {
  for (const LdapBy& by : rule.by) {
    if (!Means(by, subject, is_member)) continue;
    Change(by, access);
    if (by.then == LdapBy::Then::kContinue) continue;
    return by.then == LdapBy::Then::kStop;
  }
  return true;  // `by * none stop` stands behind the last one, and adds nothing
}

}  // namespace

bool LdapSubject::operator==(const LdapSubject& other) const {
  return who == other.who && dn.scope == other.dn.scope && dn.dn == other.dn.dn &&
         member_attribute == other.member_attribute && text == other.text;
}

std::string NormalDn(std::string_view dn) {
  std::string normal;
  for (std::size_t i = 0; i < dn.size(); ++i) {
    const bool is_edge = normal.empty() || normal.back() == ',' || normal.back() == '=';
    if (dn[i] == ' ' && is_edge) continue;
    if (dn[i] == ',' || dn[i] == '=') {
      while (!normal.empty() && normal.back() == ' ' && !(normal.size() > 1 && normal[normal.size() - 2] == '\\')) {
        normal.pop_back();
      }
    }
    normal += Lower(dn[i]);
  }
  while (!normal.empty() && normal.back() == ' ') normal.pop_back();
  return normal;
}

bool IsWithin(std::string_view dn, const DnRange& range) {
  switch (range.scope) {
    case DnScope::kAny:
      return true;
    case DnScope::kBase:
      return dn == range.dn;
    case DnScope::kOne: {
      if (!IsBelow(dn, range.dn)) return false;
      const std::string_view own = dn.substr(0, dn.size() - range.dn.size() - (range.dn.empty() ? 0 : 1));
      return own.find(',') == std::string_view::npos;
    }
    case DnScope::kSubtree:
      return dn == range.dn || IsBelow(dn, range.dn);
    case DnScope::kChildren:
      return IsBelow(dn, range.dn);
    case DnScope::kPattern:
      return false;
  }
  return false;
}

std::optional<LdapRule> ParseLdapRule(std::string_view text) {
  if (text.starts_with('{')) text.remove_prefix(std::min(text.find('}') + 1, text.size()));
  const std::vector<std::string> tokens = Tokens(text);
  if (tokens.size() < 2 || Lowered(tokens[0]) != "to") return std::nullopt;
  LdapRule rule;
  std::size_t at = 1;
  for (; at < tokens.size() && Lowered(tokens[at]) != "by"; ++at) {
    if (!TakeWhat(tokens[at], rule)) return std::nullopt;
  }
  if (at == 1) return std::nullopt;
  while (at < tokens.size()) {
    std::size_t end = at + 1;
    while (end < tokens.size() && Lowered(tokens[end]) != "by") ++end;
    auto by = ByOf(tokens, at + 1, end);
    if (!by) return std::nullopt;
    rule.by.push_back(*std::move(by));
    at = end;
  }
  return rule;
}

std::vector<LdapRule> ParseLdapRules(const std::vector<std::string>& values, bool& is_whole) {
  std::vector<std::pair<int, std::string_view>> numbered;
  for (const std::string& value : values) {
    int number = static_cast<int>(numbered.size());
    if (value.starts_with('{')) std::from_chars(value.data() + 1, value.data() + value.size(), number);
    numbered.emplace_back(number, value);
  }
  std::ranges::stable_sort(numbered, {}, &std::pair<int, std::string_view>::first);
  std::vector<LdapRule> rules;
  is_whole = true;
  for (const auto& [number, value] : numbered) {
    if (auto rule = ParseLdapRule(value)) {
      rules.push_back(*std::move(rule));
    } else {
      is_whole = false;
    }
  }
  return rules;
}

LdapAccess AccessOf(const std::vector<LdapRule>& rules, const LdapSubject& subject, const std::string& dn,
                    const std::string& attribute, const IsMember& is_member) {
  if (rules.empty()) return {.read = true};
  LdapAccess decided, access;
  for (const LdapRule& rule : rules) {
    bool is_partial = false;
    if (!Covers(rule, dn, attribute, is_partial)) continue;
    LdapAccess after = access;
    const bool is_over = Apply(rule, subject, is_member, after);
    if (is_over && !is_partial) return Either(decided, after);
    if (is_over) {
      decided = Either(decided, after);
    } else {
      access = is_partial ? Either(access, after) : after;
    }
  }
  // What no rule covers is closed; what rules gave before they let others go on stays given.
  return Either(decided, access);
}

}  // namespace privity::connect_internal
