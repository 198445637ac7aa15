// Parts of the SQL text that makes the demonstration's stores.
#pragma once

#include <initializer_list>
#include <string>
#include <vector>

namespace privity::demo_internal {

// The number with zeros before it, at least `width` wide.
std::string Digits(int number, std::size_t width);

// A day of a year, by month and day that every month has.
std::string Day(int year, int number);

// "('1', 'Tent')". None of the values holds a quote.
std::string Tuple(std::initializer_list<std::string> values);

// One INSERT of all of them.
std::string InsertInto(const std::string& table, const std::vector<std::string>& tuples);

}  // namespace privity::demo_internal
