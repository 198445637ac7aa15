#include "rights/request.h"

namespace privity {

std::vector<FieldNote> FieldNotes(const RequestContent*) {
  return {{.name = "name", .description = "As the person gives it.", .max_length = 200, .defaulted = true},
          {.name = "email",
           .description = "Where answers go, and what is proven by a code.",
           .example = "ada@example.org",
           .format = "email",
           .max_length = 254},
          {.name = "identifiers",
           .description = "By what the person is known besides the address.",
           .max_length = 20,
           .defaulted = true},
          {.name = "details", .description = "What the person wrote.", .max_length = 10'000, .defaulted = true},
          {.name = "corrections", .description = "What is to be corrected.", .max_length = 50, .defaulted = true},
          {.name = "purpose",
           .description = "Against which purpose an objection or withdrawal goes; none: all.",
           .max_length = 200}};
}

std::vector<FieldNote> FieldNotes(const RequestTrace*) {
  return {{.name = "count", .description = "Rows, entries, files."},
          {.name = "personal", .description = "Whether it is personal data all the same: keyed hashes are."}};
}

std::vector<FieldNote> FieldNotes(const NewRightsRequest*) {
  return {{.name = "law", .description = "Under which law.", .example = "eu-gdpr", .format = "slug", .max_length = 64},
          {.name = "right", .description = "Which right is claimed."},
          {.name = "language",
           .description = "In which the person is answered.",
           .example = "de",
           .min_length = 2,
           .max_length = 20,
           .defaulted = true},
          {.name = "received_at", .description = "When it reached the company; now when absent."},
          {.name = "content", .description = "Who asks, and for what."}};
}

std::vector<FieldNote> FieldNotes(const RightsSettings*) {
  return {
      {.name = "place",
       .description = "Where the company is (ISO 3166): its public holidays count.",
       .example = "DE-BY",
       .min_length = 2,
       .max_length = 6},
      {.name = "second_person", .description = "Whoever had the plan made may not approve it.", .defaulted = true},
      {.name = "keep_days",
       .description = "Days after the end until what a request says is destroyed.",
       .minimum = 1,
       .maximum = 3650,
       .defaulted = true},
      {.name = "remember_days",
       .description = "Days for which the oldest backup of any store is kept: so long, whoever was erased is looked "
                      "for after a restore. For ever when absent.",
       .minimum = 1,
       .maximum = 36'500},
      {.name = "records_per_minute",
       .description = "How many records are changed or deleted in a minute for one request, so that the stores' own "
                      "work goes on; in steps of 200. As fast as the stores take it when absent.",
       .minimum = 200,
       .maximum = 1'000'000},
      {.name = "documents",
       .description = "Whether people may give a copy of an identity document where another proof is not enough. A "
                      "person looks at it; then it is destroyed.",
       .defaulted = true},
      {.name = "version", .description = "Grows with every change.", .read_only = true}};
}

}  // namespace privity
