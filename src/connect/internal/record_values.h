// A record held in memory, for kinds whose store cannot compare by itself.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "connect/connector.h"

namespace privity::connect_internal {

// connect.read_only unless writing was granted.
Status CheckWritable(const ConnectOptions& options, const std::string& store);

// The value of a field among `values`; null when it is not there.
const FieldValue* ValueOf(const std::vector<FieldValue>& values, std::string_view field);

// Whether a record has all these values: byte for byte one of the field's cells; null is what is null or not there.
bool HasValues(Record record, const std::vector<FieldValue>& values);

}  // namespace privity::connect_internal
