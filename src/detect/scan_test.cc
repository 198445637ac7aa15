#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <random>
#include <string>
#include <tuple>
#include <vector>

#include "detect/detector.h"
#include "detect/internal/char_bits.h"
#include "detect/internal/field_rules.h"
#include "detect/internal/label_rules.h"
#include "detect/internal/letters.h"
#include "detect/internal/machine.h"
#include "detect/internal/name_rules.h"
#include "detect/internal/shape_rules.h"
#include "detect/internal/text_rules.h"
#include "detect/internal/token_scan.h"

namespace privity::detect {
namespace {

std::string RandomBytes(std::mt19937& random, std::size_t size) {
  std::string bytes(size, '\0');
  for (char& byte : bytes) byte = static_cast<char>(random() % 256);
  return bytes;
}

// Words with accents and of other scripts, broken UTF-8, signs, ends of lines, and words longer than 64 bytes.
std::string HostileText(std::mt19937& random, std::size_t pieces) {
  static const std::vector<std::string> kPieces = {"a",
                                                   "Z",
                                                   "9",
                                                   " ",
                                                   "\n",
                                                   "@",
                                                   ":",
                                                   "/",
                                                   "_",
                                                   "-",
                                                   "é",
                                                   "Ż",
                                                   "ß",
                                                   "名",
                                                   "ж",
                                                   "—",
                                                   "😀",
                                                   "\xC3",
                                                   "\xFF",
                                                   "word",
                                                   "AB12",
                                                   std::string(63, 'x'),
                                                   std::string(64, 'Y'),
                                                   std::string(200, '7'),
                                                   std::string(1, '\0')};
  std::string text;
  for (std::size_t i = 0; i < pieces; ++i) text += kPieces[random() % kPieces.size()];
  return text;
}

std::vector<std::uint64_t> MasksOf(const CharBits& bits) {
  return {bits.digits, bits.letters, bits.capitals, bits.beyond_f, bits.high,
          bits.ats,    bits.schemes, bits.lines,    bits.dividers, bits.joins};
}

TEST(CharBits, OfSixteenBytesAtOnceAreThoseOfEachByte) {
  std::mt19937 random(7);
  for (int round = 0; round < 2000; ++round) {
    const std::string text = round % 2 == 0 ? RandomBytes(random, 65) : HostileText(random, 65).substr(0, 65);
    CharBits fast, plain;
    ReadCharBits<false>(text.data(), fast);
    ReadCharBitsPlainly(text.data(), plain);
    ASSERT_EQ(MasksOf(fast), MasksOf(plain));
  }
}

bool IsPart(const CodePoint& c) {
  return IsLetter(c.value) || (c.bytes == 1 && c.value < 0x80 && IsAsciiDigit(static_cast<char>(c.value)));
}

// What a scan finds, letter by letter.
Scan PlainScan(std::string_view text) {
  Scan scan;
  scan.text = text;
  bool line_before = false;
  for (std::uint32_t at = 0; at < text.size();) {
    const CodePoint first = ReadCodePoint(text, at);
    if (!IsPart(first)) {
      if (text[at] == '@') scan.ats.push_back(at);
      if (text.substr(at, 2) == ":/") scan.schemes.push_back(at);
      line_before = line_before || text[at] == '\n';
      at += first.bytes;
      continue;
    }
    Token token{.begin = at, .upper_first = IsUpperLetter(first.value), .line_before = line_before};
    line_before = false;
    const bool east_asian = IsEastAsian(first.value);
    if (east_asian) scan.east_asian.push_back(static_cast<std::uint32_t>(scan.tokens.size()));
    for (; at < text.size(); at += ReadCodePoint(text, at).bytes) {
      const CodePoint c = ReadCodePoint(text, at);
      if (!IsPart(c) || IsEastAsian(c.value) != east_asian) break;
      token.digits = static_cast<std::uint16_t>(token.digits + !IsLetter(c.value));
      token.ascii = token.ascii && static_cast<unsigned char>(text[at]) < 0x80;
      token.has_upper = token.has_upper || IsUpperLetter(c.value);
      token.has_lower = token.has_lower || (IsLetter(c.value) && !IsUpperLetter(c.value));
    }
    token.end = at;
    token.hash = WordHash(Fold(scan.Of(token)));
    scan.tokens.push_back(token);
  }
  return scan;
}

auto All(const Token& t) {
  return std::tuple(t.begin, t.end, t.hash, t.digits, t.ascii, t.upper_first, t.has_lower, t.has_upper, t.line_before);
}

// What a token may be, but for addresses: these are told of too many.
std::vector<bool> BitsOf(const Scan& scan, std::size_t i) {
  const TokenBits& bits = scan.bits[i / TokenBits::kTokens];
  const auto has = [&](std::uint64_t row) { return (row >> i % TokenBits::kTokens & 1) != 0; };
  return {has(bits.digits), has(bits.letters), has(bits.marked), has(bits.keys)};
}

std::vector<bool> PlainBitsOf(const Scan& scan, std::size_t i) {
  const Token& token = scan.tokens[i];
  const char behind = token.end < scan.text.size() ? scan.text[token.end] : '\0';
  const bool glued = token.has_upper && token.has_lower && !token.upper_first;
  return {token.ascii && token.digits > 0, token.ascii && token.digits == 0 && (!token.has_lower || token.size() == 1),
          IsAsciiDigit(scan.text[token.begin]) || (glued && token.digits == 0),
          !token.ascii || token.size() >= TokenBits::kLongBytes || IsJoin(behind) ||
              (token.digits > 0 && IsDivider(behind))};
}

TEST(ScanText, FindsTheTokensThatReadingLetterByLetterFinds) {
  std::mt19937 random(11);
  Scan scan;
  for (int round = 0; round < 1500; ++round) {
    const std::string text = round % 3 == 0 ? RandomBytes(random, random() % 300) : HostileText(random, random() % 90);
    ScanText(text, scan);
    const Scan plain = PlainScan(text);
    ASSERT_EQ(scan.tokens.size(), plain.tokens.size()) << "round " << round;
    for (std::size_t i = 0; i < plain.tokens.size(); ++i)
      ASSERT_EQ(All(scan.tokens[i]), All(plain.tokens[i])) << "round " << round << ", token " << i;
    for (std::size_t i = 0; i < plain.tokens.size(); ++i)
      ASSERT_EQ(BitsOf(scan, i), PlainBitsOf(scan, i)) << "round " << round << ", token " << i;
    ASSERT_EQ(scan.ats, plain.ats);
    ASSERT_EQ(scan.schemes, plain.schemes);
    ASSERT_EQ(scan.east_asian, plain.east_asian);
  }
}

// All finders but the column's, as Detector::Text asks them.
struct Finders {
  std::shared_ptr<const Detector> detector = Detector::BuiltIn().value();
  TextRules text = TextRules::Build(detector->files(), GazetteerFile()).value();
  PackCatalog catalog = PackCatalog::Load(DetectorPackKinds(), BuiltInDetectorFiles()).value();
  std::shared_ptr<const GazetteerFile> gazetteer =
      catalog.Get<GazetteerFile>("gazetteer", "names", Date::FromYearMonthDay(2026, 1, 1).value()).value();
  Vocabulary words = ReadVocabulary(catalog, Date::FromYearMonthDay(2026, 1, 1).value()).value();
  ShapeRules shapes{detector->files(), *gazetteer, words};
  FieldRules fields{
      *catalog.Get<NamingFile>("naming", "column-names", Date::FromYearMonthDay(2026, 1, 1).value()).value(),
      {},
      detector->files(),
      FieldModel::BuiltIn()};
  LabelRules labels{fields, text, detector->files(), {}, *gazetteer, words};
  NameRules names{*gazetteer, words, NameModel::BuiltIn(), NameDoubt::BuiltIn(), detector->files()};

  std::uint64_t StepsOf(const std::string& text_of) const {
    Scan scan;
    ScanText(text_of, scan);
    std::vector<Find> finds;
    text.FindAll(scan, finds);
    shapes.FindAll(scan, finds);
    labels.FindAll(scan, finds);
    names.FindAll(scan, finds);
    return scan.steps;
  }
};

// What a token may begin with is told by its length and the sign behind it before any pattern is tried.
TEST(TextRules, ASecretIsFoundWhateverStandsBehindIt) {
  const Finders finders;
  Scan scan;
  std::vector<Find> finds;
  const auto find = [&](std::string_view text) {
    ScanText(text, scan);
    finds.clear();
    finders.text.FindAll(scan, finds);
  };
  std::size_t tried = 0;
  for (const auto& file : finders.detector->files()) {
    if (!file->text || file->text->shape != TextShape::kToken || file->text->context_needed) continue;
    for (const std::string& example : file->examples) {
      find(example);
      const auto found = std::ranges::find(finds, file.get(), &Find::detector);
      if (found == finds.end()) continue;
      const std::string value = example.substr(found->begin, found->end - found->begin);
      for (const std::string_view behind : {"", " ", "\n", ".", ",", ";", ")", "\"", "'", ">"}) {
        find("(" + value + std::string(behind));
        EXPECT_TRUE(
            std::ranges::any_of(finds, [&](const Find& one) { return one.begin == 1 && one.end >= 1 + value.size(); }))
            << file->pack.id << " before " << behind;
        ++tried;
      }
    }
  }
  EXPECT_GT(tried, 1000u);
}

std::string Times(std::string_view unit, std::size_t times) {
  std::string text;
  for (std::size_t i = 0; i < times; ++i) text += unit;
  return text;
}

TEST(Finders, TakeAboutEightTimesTheStepsForEightTimesTheText) {
  const Finders finders;
  for (const std::string_view unit : {"email;phone;password\n",
                                      "://",
                                      "a@",
                                      "password=",
                                      "-----BEGIN PRIVATE KEY-----\n",
                                      "www.",
                                      "12-",
                                      "Ana ",
                                      "4 Dock Street, Leeds LS6 2AB to ",
                                      "AKIA",
                                      "1:",
                                      "first name;last name;city\n",
                                      "name: ",
                                      "iban ",
                                      "Cookie: ",
                                      "seed phrase ",
                                      "WIFI:;P:",
                                      "thin:a/b ",
                                      "PuTTY-User-Key-File-3 ",
                                      "password for a b c ",
                                      "net use /user:a ",
                                      "https://u:p@",
                                      "kenteken a-1 ",
                                      "45 años, casado, agricultor de ",
                                      "Ana Ruiz, viuda, ",
                                      "NIP firmy 523-301-04-65 ",
                                      "4111 1111 ",
                                      "born 12 March ",
                                      "a.com",
                                      "\n",
                                      "key api key = '",
                                      "x,y,z\n",
                                      "Calle ",
                                      "\xC3",
                                      "sk-"}) {
    const std::uint64_t few = finders.StepsOf(Times(unit, 2000)), many = finders.StepsOf(Times(unit, 16000));
    // Steps that grow with the square would be 64 times as many; the last ones before the end have less to look at.
    EXPECT_LE(many, 10 * few + 8000) << unit;
  }
}

// The corpora, line by line, by the loops for every machine and by those for wide vectors, where this machine has them.
TEST(Machines, NarrowOnesFindWhatWideOnesFind) {
  const auto detector = *Detector::BuiltIn();
  const auto found = [&](std::string_view line) {
    std::vector<std::tuple<std::int64_t, std::int64_t, std::string, double>> spans;
    for (const TextSpan& span : detector->Text(line, {}))
      spans.emplace_back(span.start, span.end, span.detector, span.confidence);
    return spans;
  };
  std::size_t lines = 0;
  for (const auto& entry : std::filesystem::directory_iterator("tests/corpora/detect")) {
    const std::string name = entry.path().filename();
    if (name.find("held_out") != name.npos || !(name.starts_with("texts_") || name.starts_with("secrets"))) continue;
    std::ifstream file(entry.path());
    for (std::string line; std::getline(file, line); ++lines) {
      const auto wide = found(line);
      use_narrow_loops = true;
      const auto narrow = found(line);
      use_narrow_loops = false;
      ASSERT_EQ(wide, narrow) << name << ": " << line;
    }
  }
  EXPECT_GT(lines, 1000u);
}

TEST(Fold, MakesSmallLettersOfAllOfAsciiWhereverTheyStand) {
  constexpr std::size_t kBytes = 19;  // two eights and a rest
  for (std::size_t place = 0; place < kBytes; ++place) {
    for (int byte = 0; byte < 0x80; ++byte) {
      std::string text(kBytes, 'Q'), folded(kBytes, 'q');
      text[place] = folded[place] = static_cast<char>(byte);
      if (byte >= 'A' && byte <= 'Z') folded[place] = static_cast<char>(byte + 0x20);
      ASSERT_EQ(Fold(text), folded);
    }
    std::string text(kBytes, 'Q'), folded(kBytes, 'q');
    EXPECT_EQ(Fold(text.insert(place, "\u00C9")), folded.insert(place, "e"));
  }
}

}  // namespace
}  // namespace privity::detect
