#include "words/catalog.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "words/format.h"
#include "words/problem.h"
#include "words/terminal_text.h"

namespace privity {
namespace {

constexpr std::string_view kEnglish = R"({
  "errors": {"full": {"what": "The disk of {path} is full.", "why": "{rows, plural, one {# row was} other {# rows were}} lost.",
                      "mend": "Free it's space.", "status": 503},
             "odd": {"what": "Odd: {text}.", "why": "w", "mend": "m"}},
  "text": {"hello": "Hello {name}", "count": "{count, plural, one {# file} other {# files}}", "only": "English only"}})";
constexpr std::string_view kGerman = R"({
  "errors": {"full": {"what": "Die Platte von {path} ist voll.", "why": "{rows, plural, one {# Zeile} other {# Zeilen}}.",
                      "mend": "Platz schaffen."}},
  "text": {"hello": "Hallo {name}"}})";

Catalog ExampleCatalog() {
  const EmbeddedFile files[] = {{.path = "de/store.json", .bytes = kGerman},
                                {.path = "en/store.json", .bytes = kEnglish}};
  return Catalog::Load(files).value();
}

TEST(Catalog, TextsAreFoundByKeyAndFilled) {
  const Catalog catalog = ExampleCatalog();
  EXPECT_EQ(catalog.Text("en", "store.hello", {{"name", "Ada"}}), "Hello Ada");
  EXPECT_EQ(catalog.Text("de", "store.hello", {{"name", "Ada"}}), "Hallo Ada");
  EXPECT_EQ(catalog.Text("en", "store.count", {{"count", 1}}), "1 file");
  EXPECT_EQ(catalog.Text("en", "store.count", {{"count", 1200}}), "1,200 files");
}

TEST(Catalog, LanguagesFallBack) {
  const Catalog catalog = ExampleCatalog();
  EXPECT_EQ(catalog.Text("de-CH", "store.hello", {{"name", "Ada"}}), "Hallo Ada");
  EXPECT_EQ(catalog.Text("de", "store.only"), "English only");
  EXPECT_EQ(catalog.Text("xx", "store.only"), "English only");
  EXPECT_EQ(catalog.Text("en", "store.absent"), "store.absent");
}

TEST(Catalog, ErrorsHaveWordsAndAStatus) {
  const Catalog catalog = ExampleCatalog();
  const ErrorWords words = catalog.Words(Error("store.full", {{"path", "1234"}, {"rows", "1234"}}), "de");
  EXPECT_EQ(words.what, "Die Platte von 1234 ist voll.");  // a name is not counted with: no thousands separator
  EXPECT_EQ(words.why, "1.234 Zeilen.");
  EXPECT_EQ(words.status, 503);
  EXPECT_EQ(catalog.Words(Error("store.full"), "en").mend, "Free it's space.");
  EXPECT_EQ(catalog.Words(Error("store.odd"), "en").status, 400);
  EXPECT_EQ(catalog.Words(Error("store.absent"), "en").what, "store.absent");
}

TEST(Catalog, ParametersAreNeverReadAsPatterns) {
  EXPECT_EQ(ExampleCatalog().Words(Error("store.odd", {{"text", "{path} '{' # <b>"}, {"path", "x"}}), "en").what,
            "Odd: {path} '{' # <b>.");
}

TEST(Catalog, AcceptLanguageIsNegotiated) {
  const Catalog catalog = ExampleCatalog();
  const std::pair<std::string_view, std::string_view> rows[] = {{"de", "de"},
                                                                {"de-AT, en;q=0.5", "de"},
                                                                {"en, de;q=0.9", "en"},
                                                                {"fr, de;q=0.3", "de"},
                                                                {"fr", "en"},
                                                                {"de;q=0, en", "en"},
                                                                {"", "en"},
                                                                {"*", "en"},
                                                                {";;;===,,,", "en"},
                                                                {"\xff\xfe", "en"},
                                                                {"en;q=0.1, de;q=0.2", "de"}};
  for (const auto& [header, language] : rows) EXPECT_EQ(catalog.Negotiate(header), language) << header;
}

TEST(Catalog, BrokenFilesAreRefused) {
  const std::pair<std::string_view, std::string_view> rows[] = {
      {R"({"text": {"a": "{count, plural, one {x}}"}})", "words.catalog_invalid"},
      {R"({"text": {"a": "{open"}})", "words.catalog_invalid"},
      {R"({"errors": {"a": {"what": "w", "why": "w"}}})", "base.value_missing"},
      {R"({"errors": {"a": {"what": "w", "why": "", "mend": "m"}}})", "base.value_too_short"},
      {R"({"texts": {}})", "base.value_unknown_member"}};
  for (const auto& [text, code] : rows) {
    const EmbeddedFile file = {.path = "en/x.json", .bytes = text};
    const auto loaded = Catalog::Load(std::span(&file, 1));
    ASSERT_FALSE(loaded.ok()) << text;
    EXPECT_EQ(loaded.error().code(), code) << text;
    EXPECT_EQ(loaded.error().Parameter("file"), "en/x.json");
  }
}

TEST(Catalog, ARoomInPartsIsOneRoomAndSaysEachWordOnce) {
  const EmbeddedFile first = {.path = "en/x.json", .bytes = R"({"text": {"a": "A"}})"};
  const EmbeddedFile part = {.path = "en/x.more.json", .bytes = R"({"text": {"b": "B"}})"};
  const EmbeddedFile twice = {.path = "en/x.twice.json", .bytes = R"({"text": {"a": "C"}})"};
  const EmbeddedFile whole[] = {first, part};
  const auto catalog = Catalog::Load(whole);
  ASSERT_TRUE(catalog.ok());
  EXPECT_EQ(catalog->Text("en", "x.a") + catalog->Text("en", "x.b"), "AB");
  const EmbeddedFile doubled[] = {first, twice};
  const auto refused = Catalog::Load(doubled);
  ASSERT_FALSE(refused.ok());
  EXPECT_EQ(refused.error().code(), "words.catalog_invalid");
  EXPECT_EQ(refused.error().Parameter("file"), "en/x.twice.json");
  EXPECT_EQ(refused.error().Parameter("key"), "x.a");
}

TEST(PatternArguments, AreNamedWithTheirKind) {
  EXPECT_THAT(PatternArguments("{a} {n, plural, one {{b}} other {#}} {k, select, x {1} other {2}} {s, number}").value(),
              testing::ElementsAre("a:none", "b:none", "k:select", "n:plural", "s:number"));
  EXPECT_FALSE(PatternArguments("{a").ok());
}

TEST(Problem, IsRfc9457) {
  const Catalog catalog = ExampleCatalog();
  const Error error("store.full", {{"path", "data"}, {"rows", "1"}});
  EXPECT_EQ(
      ToJson(ProblemOf(error, catalog, "en", "/requests/r1")),
      R"({"type":"/problems/store.full","title":"Service Unavailable","status":503,"detail":"The disk of data is full.",)"
      R"("instance":"/requests/r1","code":"store.full","why":"1 row was lost.","mend":"Free it's space.",)"
      R"("parameters":{"path":"data","rows":"1"}})");
  EXPECT_FALSE(ProblemOf(error, catalog, "en", "").Has("instance"));
}

TEST(TerminalLines, AreThreeAndHarmless) {
  const std::string lines =
      TerminalLines(Error("base.value_missing", {{"path", "/a\n\x1b[31m\u202e\u2028\u009b"}, {"place", "1:1"}}),
                    Catalog::BuiltIn(), "en");
  EXPECT_EQ(lines,
            "Error: /a��[31m��� is missing.\n  Why:  1:1: it is required and has no default.\n  Mend: Add it.\n");
}

TEST(Harmless, LeavesLettersOfEveryScriptAndTakesWhatATerminalActsOn) {
  EXPECT_EQ(Harmless("Müller, שלום, 日本, 👍"), "Müller, שלום, 日本, 👍");
  EXPECT_EQ(Harmless("a\x1b[2Jb\u202e\n"), "a�[2Jb��");
  EXPECT_EQ(Harmless("gold\u200fen \u2066x\u2069 \x7f"), "gold�en �x� �");
  EXPECT_EQ(Harmless("\xff\xc2"), "��");
}

TEST(Format, DatesFollowTheLanguage) {
  const Date date = Date::Parse("2026-03-10").value();
  EXPECT_EQ(FormatDateFor("en", date, DateStyle::kFull), "Tuesday, March 10, 2026");
  EXPECT_EQ(FormatDateFor("de", date, DateStyle::kLong), "10. März 2026");
  const TimeZone berlin = TimeZone::Parse("Europe/Berlin").value();
  const std::string text =
      FormatDateTimeFor("de", ParseInstant("2026-03-10T23:30:00Z").value(), berlin, DateStyle::kMedium);
  EXPECT_EQ(text, "11.03.2026, 00:30 MEZ");
}

}  // namespace
}  // namespace privity
