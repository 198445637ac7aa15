#include "rights/fulfilment.h"

namespace privity {

std::vector<FieldNote> FieldNotes(const Identifier*) {
  return {{.name = "kind",
           .description = "What kind of value it is: email, phone, customer_number.",
           .example = "email",
           .format = "name",
           .max_length = 60},
          {.name = "value", .description = "The value itself.", .min_length = 1, .max_length = 320}};
}

std::vector<FieldNote> FieldNotes(const Correction*) {
  return {{.name = "category",
           .description = "What is wrong, as a category of the taxonomy.",
           .example = "user.contact.address",
           .min_length = 1,
           .max_length = 100},
          {.name = "before", .description = "The wrong value, if known.", .max_length = 1000, .defaulted = true},
          {.name = "after", .description = "The right value.", .min_length = 1, .max_length = 1000}};
}

}  // namespace privity
