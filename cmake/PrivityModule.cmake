# privity_module(<room> [DEPENDS <room>...] [PRIVATE_LIBRARIES <target>...] [TEST_LIBRARIES <target>...])
#
# Declares the room `src/<room>`: a static library `privity_<room>` of its *.cc files (main.cc excepted), and, where *_test.cc files stand beside
# them, one test program `<room>_test`. DEPENDS is the complete list of rooms that it may include; `./dev check layers`
# compares it with the real #include lines and with the picture in ARCHITECTURE.md. A room that includes another's internal/
# is refused there. PRIVATE_LIBRARIES are third-party targets, hidden from whoever uses the room.
#
# Files under <room>/testing/ are helpers for the tests of this and other rooms: library `privity_<room>_testing`, linked by
# test programs only.

find_package(Threads REQUIRED)
find_package(GTest REQUIRED)
include(PrivityPrelude)

# Every room's test program, and nothing else.
add_custom_target(all_unit_tests)

function(privity_module room)
  cmake_parse_arguments(ARG "" "" "DEPENDS;PRIVATE_LIBRARIES;TEST_LIBRARIES" ${ARGN})
  set(dir "${CMAKE_SOURCE_DIR}/src/${room}")

  file(GLOB_RECURSE sources CONFIGURE_DEPENDS "${dir}/*.cc")
  set(tests ${sources})
  set(testing ${sources})
  list(FILTER tests INCLUDE REGEX "_test\\.cc$")
  list(FILTER testing INCLUDE REGEX "/testing/")
  list(FILTER testing EXCLUDE REGEX "_test\\.cc$")
  list(FILTER sources EXCLUDE REGEX "_test\\.cc$|/testing/|/training/|/main\\.cc$")

  add_library(privity_${room} STATIC ${sources})
  target_include_directories(privity_${room} PUBLIC "${CMAKE_SOURCE_DIR}/src")
  foreach(dependency IN LISTS ARG_DEPENDS)
    target_link_libraries(privity_${room} PUBLIC privity_${dependency})
  endforeach()
  target_link_libraries(privity_${room} PRIVATE ${ARG_PRIVATE_LIBRARIES} Threads::Threads)
  target_precompile_headers(privity_${room} REUSE_FROM privity_room_prelude)
  set_property(GLOBAL APPEND PROPERTY PRIVITY_ROOMS ${room})
  set_property(GLOBAL PROPERTY PRIVITY_DEPENDS_${room} ${ARG_DEPENDS})

  if(testing)
    add_library(privity_${room}_testing STATIC ${testing})
    target_link_libraries(privity_${room}_testing PUBLIC privity_${room} GTest::gtest)
  endif()
  if(tests)
    add_executable(${room}_test ${tests})
    target_link_libraries(${room}_test PRIVATE privity_${room} ${ARG_TEST_LIBRARIES} ${ARG_PRIVATE_LIBRARIES}
      GTest::gmock GTest::gtest_main Threads::Threads)
    target_precompile_headers(${room}_test REUSE_FROM privity_test_prelude)
    if(testing)
      target_link_libraries(${room}_test PRIVATE privity_${room}_testing)
    endif()
    add_dependencies(all_unit_tests ${room}_test)
    add_test(NAME ${room} COMMAND ${room}_test WORKING_DIRECTORY "${CMAKE_SOURCE_DIR}")
    set_tests_properties(${room} PROPERTIES SKIP_RETURN_CODE 77)
  endif()
endfunction()
