// A matcher for Result that says which error there is: EXPECT_THAT(store->Sample(...), IsOk()).
#pragma once

#include <gmock/gmock.h>

#include "base/result.h"

namespace privity {

MATCHER(IsOk, "") {
  if (arg.ok()) return true;
  *result_listener << arg.error().DebugString();
  return false;
}

template <class T>
void PrintTo(const Result<T>& result, std::ostream* out) {
  *out << (result.ok() ? "a value" : "an error");
}

}  // namespace privity
