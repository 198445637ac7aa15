#include "detect/internal/span_judge.h"

#include <algorithm>
#include <cstring>
#include <utility>

namespace privity::detect {
namespace {

constexpr float kNever = -1e30f;

// Told by their form and check digits; too rare among what the models have learned from.
bool IsToldByForm(Entity entity) {
  switch (entity) {
    case Entity::kEmail:
    case Entity::kUrl:
    case Entity::kIp:
    case Entity::kCreditCard:
    case Entity::kBankAccount:
    case Entity::kCrypto:
    case Entity::kSecret:
    case Entity::kDeviceId:
    case Entity::kVehicle:
    case Entity::kPassport:
    case Entity::kDrivingLicence:
    case Entity::kUsername:
      return true;
    default:
      return false;
  }
}

bool IsOfOffice(Entity entity) {
  return entity == Entity::kNationalId || entity == Entity::kTaxId || entity == Entity::kHealthId ||
         entity == Entity::kOtherId;
}

// Whether a finder found something where the judge does.
bool IsFound(const Find& judged, const std::vector<Find>& finds) {
  const auto find = std::ranges::upper_bound(finds, judged.begin, {}, &Find::end);
  return find != finds.end() && find->begin < judged.end;
}

// What says who somebody is only beside something else that does: "la madre naturaleza".
bool SaysLittle(Entity entity) {
  return entity == Entity::kFamily || entity == Entity::kGender || entity == Entity::kJobTitle ||
         entity == Entity::kDemographic;
}

// Where the finders' own borders are not taken: signs that belong to the first and the last word.
std::uint32_t EndWithSigns(const Scan& scan, const Token& token, Entity entity) {
  const bool name = entity == Entity::kPerson || entity == Entity::kOrganization || entity == Entity::kLocation;
  const bool initial =
      token.size() == 1 && token.upper_first && token.end < scan.text.size() && scan.text[token.end] == '.';
  return token.end + (name && initial ? 1 : 0);
}

std::uint32_t BeginWithSigns(const Scan& scan, const Token& token, Entity entity) {
  if (entity != Entity::kPhone || token.begin == 0) return token.begin;
  const char before = scan.text[token.begin - 1];
  return token.begin - (before == '+' || before == '(' ? 1 : 0);
}

}  // namespace

SpanJudge::SpanJudge(const SpanModel& model, const NameModel& names, const TextRules& text,
                     const std::vector<std::shared_ptr<const DetectorFile>>& files,
                     std::vector<const DetectorFile*> own)
    : model_(&model), names_(&names), text_(&text), own_(std::move(own)) {
  float least = 0, most = 0;
  for (std::size_t from = 0; from < kSpanTags; ++from) {
    for (std::size_t to = 0; to < kSpanTags; ++to) {
      if (to != 0 && !IsBeginTag(to)) continue;
      least = std::min(least, model.transitions()[from][to]);
      most = std::max(most, model.transitions()[from][to]);
    }
  }
  reach_ = most - least;
  static constexpr std::pair<Entity, std::string_view> kIds[] = {{Entity::kPerson, "full-name"},
                                                                 {Entity::kLocation, "place"},
                                                                 {Entity::kOrganization, "organization-name"},
                                                                 {Entity::kAddress, "street-address"},
                                                                 {Entity::kPostalCode, "postcode"},
                                                                 {Entity::kGender, "gender-word-es"},
                                                                 {Entity::kAge, "age"},
                                                                 {Entity::kDate, "date"},
                                                                 {Entity::kFamily, "family-word-es"},
                                                                 {Entity::kDemographic, "marital-status"},
                                                                 {Entity::kJobTitle, "job-title"},
                                                                 {Entity::kPhone, "phone"},
                                                                 {Entity::kNationalId, "national-id"},
                                                                 {Entity::kTaxId, "tax-id"},
                                                                 {Entity::kHealthId, "medical-record"},
                                                                 {Entity::kOtherId, "unique-id"},
                                                                 {Entity::kVehicle, "vehicle"},
                                                                 {Entity::kDeviceId, "device-id"},
                                                                 {Entity::kBankAccount, "bank-account"},
                                                                 {Entity::kUsername, "username"}};
  for (const auto& file : files) {
    for (const auto& [entity, id] : kIds) {
      if (file->pack.id == id) files_[static_cast<std::size_t>(entity)] = file.get();
    }
  }
}

namespace {

// Finds that begin or end within a word, which has one tag only: "45F" is an age and a sex.
void KeepWhatIsInsideWords(const Scan& scan, const std::vector<Find>& finds, std::vector<Find>& judged) {
  std::vector<Find> inside;
  for (const Find& find : finds) {
    const std::size_t after = scan.TokenAt(find.begin + 1);  // the first word behind that in which it begins
    const bool begins_inside =
        after > 0 && scan.tokens[after - 1].begin < find.begin && find.begin < scan.tokens[after - 1].end;
    const std::size_t end = scan.TokenAt(find.end);
    const bool ends_inside = end > 0 && scan.tokens[end - 1].begin < find.end && find.end < scan.tokens[end - 1].end;
    if (begins_inside || ends_inside) inside.push_back(find);
  }
  if (inside.empty()) return;
  std::erase_if(judged, [&](const Find& one) { return IsFound(one, inside); });
  judged.insert(judged.end(), inside.begin(), inside.end());
  std::ranges::sort(judged, {}, &Find::begin);
}

}  // namespace

void SpanJudge::Judge(const Scan& scan, std::vector<Find>& finds) const {
  constexpr std::size_t kTokensOfPart = 512;
  const std::size_t n = scan.tokens.size();
  std::vector<Find> judged;
  std::vector<std::uint16_t> lists;
  ReadLists(scan, *names_, lists);
  for (std::size_t first = 0, end = 0; first < n; first = end) {
    end = std::min(first + kTokensOfPart, n);
    while (end < n && end < first + 2 * kTokensOfPart && !scan.tokens[end].line_before) ++end;
    JudgePart(scan, {first, end}, lists, finds, judged);
  }
  KeepWhatIsInsideWords(scan, finds, judged);
  const auto says_little = [](const Find& find) { return SaysLittle(find.detector->entity); };
  if (std::ranges::all_of(judged, says_little))
    std::erase_if(judged, [&](const Find& find) { return !IsFound(find, finds); });
  finds = std::move(judged);
}

// Of each word the sum of its signs' weights for each tag. The rows lie far apart: those of the next word are fetched
// while these are added.
void SpanJudge::Score(const std::vector<std::uint32_t>& signs, std::vector<Row>& scores) const {
  constexpr std::size_t kOfWord = SpanSigns::kOfWord, kAtOnce = 16;
  typedef std::int8_t Weights __attribute__((vector_size(kAtOnce)));
  typedef std::int16_t Sums __attribute__((vector_size(kAtOnce * sizeof(std::int16_t))));
  typedef float Scores __attribute__((vector_size(kAtOnce * sizeof(float))));
  const std::size_t n = signs.size() / kOfWord;
  scores.resize(n);
  for (std::size_t i = 0; i < n; ++i) {
    const std::uint32_t* const of_word = signs.data() + i * kOfWord;
    const std::uint32_t* const of_next = i + 1 < n ? of_word + kOfWord : of_word;
    Sums sums[kSpanLanes / kAtOnce] = {};
    for (std::size_t sign = 0; sign < kOfWord; ++sign) {
      __builtin_prefetch(model_->WeightsOf(of_next[sign]));
      const std::int8_t* const row = model_->WeightsOf(of_word[sign]);
      for (std::size_t part = 0; part < kSpanLanes / kAtOnce; ++part) {
        Weights weights;
        std::memcpy(&weights, row + part * kAtOnce, sizeof weights);
        sums[part] += __builtin_convertvector(weights, Sums);
      }
    }
    for (std::size_t part = 0; part < kSpanLanes / kAtOnce; ++part) {
      const Scores scaled = __builtin_convertvector(sums[part], Scores) * model_->scale();
      std::memcpy(scores[i].data() + part * kAtOnce, &scaled, sizeof scaled);
    }
  }
}

// What a company's own detector finds stays, and what form, check digits or labels tell surely.
bool SpanJudge::IsBound(const Find& find) const {
  constexpr double kSure = 0.7;
  const Entity entity = find.detector->entity;
  if (std::ranges::find(own_, find.detector) != own_.end()) return true;
  if (IsToldByForm(entity)) return find.score >= kSure;
  return IsOfOffice(entity) && find.detector->country && (find.labelled || find.score >= kSure);
}

void SpanJudge::Bind(const Scan& scan, std::size_t first, const std::vector<Find>& finds,
                     std::vector<Row>& scores) const {
  const std::size_t end = first + scores.size();
  for (auto find = std::ranges::upper_bound(finds, scan.tokens[first].begin, {}, &Find::end);
       find != finds.end() && (end == scan.tokens.size() || find->begin < scan.tokens[end].begin); ++find) {
    if (!IsBound(*find)) continue;
    std::size_t tag = BeginTagOf(find->detector->entity);
    for (std::size_t i = std::max(first, scan.TokenAt(find->begin)); i < end && scan.tokens[i].begin < find->end; ++i) {
      scores[i - first].fill(kNever);
      scores[i - first][tag] = 0;
      tag = BeginTagOf(find->detector->entity) + 1;
    }
    const std::size_t behind = scan.TokenAt(find->end);  // does not go on with it
    if (behind >= first && behind < end) scores[behind - first][BeginTagOf(find->detector->entity) + 1] = kNever;
  }
}

// Viterbi's best path. Where each best score came from is looked up on the way back, for the path alone.
void SpanJudge::Decode(std::vector<Row>& scores, std::vector<std::uint8_t>& tags) const {
  const SpanTransitions& steps = model_->transitions();
  const std::size_t n = scores.size();
  for (std::size_t tag = 0; tag < kSpanTags; ++tag) scores[0][tag] += steps[0][tag];
  for (std::size_t i = 1; i < n; ++i) AddBestWays(scores[i - 1], scores[i]);
  tags.resize(n);
  const auto best = [](const Row& row) {
    return static_cast<std::uint8_t>(std::max_element(row.begin(), row.begin() + kSpanTags) - row.begin());
  };
  for (std::size_t i = n; i > 0; --i) {
    Row ways = scores[i - 1];
    for (std::size_t tag = 0; i < n && tag < kSpanTags; ++tag) ways[tag] += steps[tag][tags[i]];
    tags[i - 1] = best(ways);
  }
}

// To the scores of a word those of the best ways to each of its tags. A tag that goes on comes from its own two tags;
// any other comes from any, but for those that are further behind than steps differ.
void SpanJudge::AddBestWays(const Row& before, Row& row) const {
  const SpanTransitions& steps = model_->transitions();
  const float least = *std::max_element(before.begin(), before.begin() + kSpanTags) - reach_;
  Row best;
  best.fill(kNever);
  for (std::size_t from = 0; from < kSpanTags; ++from) {
    if (before[from] < least) continue;
    for (std::size_t to = 0; to < kSpanTags; ++to) best[to] = std::max(best[to], before[from] + steps[from][to]);
  }
  for (std::size_t begin = 1; begin < kSpanTags; begin += 2) {
    for (const std::size_t from : {begin, begin + 1})
      best[begin + 1] = std::max(best[begin + 1], before[from] + steps[from][begin + 1]);
  }
  for (std::size_t tag = 0; tag < kSpanTags; ++tag) row[tag] += best[tag];
}

void SpanJudge::JudgePart(const Scan& scan, const Part& part, const std::vector<std::uint16_t>& lists,
                          const std::vector<Find>& finds, std::vector<Find>& judged) const {
  SpanSigns signs;
  std::vector<std::uint32_t> all;
  std::vector<Row> scores;
  std::vector<std::uint8_t> tags;
  signs.Read(scan, lists, part.first, part.end, finds);
  signs.AppendAll(all);
  Score(all, scores);
  Bind(scan, part.first, finds, scores);
  Decode(scores, tags);
  for (std::size_t i = 0; i < tags.size();) {
    std::size_t last = i;
    const std::size_t tag = tags[i];
    if (tag != 0) {
      const std::size_t goes_on = BeginTagOf(EntityOfTag(tag)) + 1;
      while (last + 1 < tags.size() && tags[last + 1] == goes_on) ++last;
      Put(scan, {part.first + i, part.first + last + 1}, EntityOfTag(tag), finds, judged);
    }
    i = last + 1;
  }
}

void SpanJudge::Put(const Scan& scan, const Part& words, Entity entity, const std::vector<Find>& finds,
                    std::vector<Find>& judged) const {
  constexpr double kScore = 0.6;
  const Token &begin = scan.tokens[words.first], &end = scan.tokens[words.end - 1];
  Find put{.begin = BeginWithSigns(scan, begin, entity),
           .end = EndWithSigns(scan, end, entity),
           .detector = files_[static_cast<std::size_t>(entity)],
           .score = kScore};
  for (auto find = std::ranges::upper_bound(finds, begin.begin, {}, &Find::end);
       find != finds.end() && find->begin < end.end; ++find) {
    if (find->detector->entity == entity) {
      put.detector = find->detector;
      put.score = std::max(put.score, find->score);
    }
    const bool same_first =
        find->begin <= begin.begin && (words.first == 0 || scan.tokens[words.first - 1].end <= find->begin);
    const bool same_last =
        find->end >= end.end && (words.end == scan.tokens.size() || scan.tokens[words.end].begin >= find->end);
    if (same_first) put.begin = find->begin;
    if (same_last) put.end = find->end;
  }
  if (!judged.empty()) put.begin = std::max(put.begin, judged.back().end);
  if (put.detector == nullptr || put.begin >= put.end) return;
  if (!IsFound(put, finds) && (IsOfOffice(entity) || IsToldByForm(entity)) && text_->Refutes(scan, put)) return;
  judged.push_back(put);
}

}  // namespace privity::detect
