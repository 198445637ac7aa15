# What nearly every file includes is parsed once: the standard library's headers, those of the type table and, for tests,
# GoogleTest. Each file still includes what it names; the prelude only makes that cheap. It holds nothing of Privity's own, so
# a change of ours never makes it again.

set(PRIVITY_PRELUDE_HEADERS
  <algorithm> <array> <atomic> <charconv> <chrono> <condition_variable> <cstdint> <cstring> <deque> <filesystem> <fstream>
  <functional> <map> <memory> <mutex> <optional> <set> <span> <sstream> <stop_token> <string> <string_view> <thread>
  <unordered_map> <unordered_set> <utility> <variant> <vector>
  <boost/describe/class.hpp> <boost/describe/enum.hpp> <boost/describe/enumerators.hpp> <boost/describe/members.hpp>
  <boost/mp11/algorithm.hpp>)

# privity_prelude(<target> <kind> [<header>...]) makes the prelude <target>: of a library's files, or of a program's.
function(privity_prelude target kind)
  set(source "${CMAKE_BINARY_DIR}/${target}.cc")
  file(CONFIGURE OUTPUT "${source}" CONTENT "" @ONLY)
  add_library(${target} OBJECT "${source}")
  target_precompile_headers(${target} PRIVATE ${PRIVITY_PRELUDE_HEADERS} ${ARGN})
  if(kind STREQUAL "program")
    # A precompiled header fits only files that are compiled as it was, and programs are compiled with -fPIE.
    set_target_properties(${target} PROPERTIES POSITION_INDEPENDENT_CODE OFF)
    target_compile_options(${target} PRIVATE -fPIE)
  endif()
endfunction()

privity_prelude(privity_room_prelude library)
privity_prelude(privity_test_prelude program <gtest/gtest.h> <gmock/gmock.h>)
target_link_libraries(privity_test_prelude PRIVATE GTest::gmock GTest::gtest)
