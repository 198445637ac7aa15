// HTTP: the parser of request heads and bodies, and the texts inside: queries, cookies, addresses, conditions, ranges,
// negotiation. What is accepted has no second reading.
#include "fuzz/fuzz_target.h"
#include "http/address.h"
#include "http/conditional.h"
#include "http/content.h"
#include "http/cookie.h"
#include "http/internal/request_parser.h"
#include "http/query.h"

namespace privity {
namespace {

constexpr std::uint64_t kBodyBytesMax = 1'000;

bool HoldsBreak(std::string_view text) {
  return text.find_first_of(std::string_view("\r\n\0", 3)) != std::string_view::npos;
}

void ReadRequest(std::string_view input) {
  std::size_t searched = 0;
  const std::size_t end = internal::FindHeaderEnd(input, searched);
  if (end == 0) return;
  FUZZ_CHECK(end <= input.size());
  internal::RequestParser parser(100);
  parser.set_body_bytes_max(kBodyBytesMax);
  Request request;
  if (!parser.ParseHeader(input.substr(0, end), request).ok()) return;
  FUZZ_CHECK(!HoldsBreak(request.method) && !HoldsBreak(request.path) && !HoldsBreak(request.query));
  for (std::size_t i = 0; i < request.headers.size(); ++i) {
    FUZZ_CHECK(!HoldsBreak(request.headers.at(i).first) && !HoldsBreak(request.headers.at(i).second));
  }
  (void)FindCookie(request.headers, "privity_session");
  std::string body;
  std::string_view rest = input.substr(end);
  while (!parser.done() && !rest.empty()) {
    const auto used = parser.ParseBody(rest, body);
    if (!used.ok() || *used == 0) return;
    FUZZ_CHECK(*used <= rest.size() && body.size() <= kBodyBytesMax);
    rest.remove_prefix(*used);
  }
}

void ReadTexts(std::string_view input) {
  if (const auto query = ParseQuery(input); query.ok()) {
    FUZZ_CHECK(query->size() <= kQueryParametersMax);
    FUZZ_CHECK(ParseQuery(FormatQuery(*query)).value() == *query);
  }
  if (const auto text = PercentDecode(input); text.ok()) {
    FUZZ_CHECK(!HoldsBreak(*text));
    FUZZ_CHECK(PercentDecode(PercentEncode(*text)).value() == *text);
  }
  if (const auto condition = ParseEntityTagCondition(input)) {
    for (const EntityTag& tag : condition->tags) FUZZ_CHECK(MatchesWeakly(*condition, tag));
  }
  const RangeChoice choice = ChooseRange(input, 1'000);
  if (choice.kind == RangeKind::kPart) {
    FUZZ_CHECK(choice.range.first <= choice.range.last && choice.range.last < 1'000);
  }
  constexpr std::string_view kOffers[] = {"application/json", "text/csv"};
  (void)NegotiateType(input, kOffers);
  (void)AcceptsCoding(input, "br");
  FUZZ_CHECK(MediaType(input).size() <= input.size());
}

void ReadAddresses(std::string_view input) {
  if (const auto address = PeerAddress::Parse(input); address.ok()) {
    FUZZ_CHECK(PeerAddress::Parse(address->ToString()).value() == *address);
  }
  if (const auto listen = ListenAddress::Parse(input); listen.ok()) {
    FUZZ_CHECK(ListenAddress::Parse(listen->ToString()).value().ToString() == listen->ToString());
  }
  const auto proxy = PeerAddress::FromV4({10, 0, 0, 1});
  const auto trusted = PeerRange::Parse("10.0.0.0/8");
  FUZZ_CHECK(trusted.ok() && trusted->Contains(proxy));
  (void)PeerRange::Parse(input);
  (void)ClientBehindProxies(proxy, input, {*trusted});
}

}  // namespace

PRIVITY_FUZZ_TARGET(http) {
  ReadRequest(input);
  ReadTexts(input);
  ReadAddresses(input);
}

}  // namespace privity
