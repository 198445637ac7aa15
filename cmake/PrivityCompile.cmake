# How every C++ file of Privity is compiled: one place for flags, hardening and tools.

set(CMAKE_CXX_STANDARD 20)
set(CMAKE_CXX_STANDARD_REQUIRED ON)
set(CMAKE_CXX_EXTENSIONS OFF)
set(CMAKE_POSITION_INDEPENDENT_CODE ON)
set(CMAKE_EXPORT_COMPILE_COMMANDS ON)
set(CMAKE_RUNTIME_OUTPUT_DIRECTORY "${CMAKE_BINARY_DIR}")

set(CMAKE_CXX_FLAGS_RELEASE "-O2 -g1")
set(CMAKE_CXX_FLAGS_DEBUG "-O0 -g")
set(CMAKE_CXX_FLAGS_ASAN "-O1 -g -fsanitize=address,undefined -fno-omit-frame-pointer -fno-sanitize-recover=undefined")
# Asio's fences are not seen by the sanitizer, which g++ warns of; what they order, mutexes order as well.
set(CMAKE_CXX_FLAGS_TSAN "-O1 -g -fsanitize=thread -fno-omit-frame-pointer -Wno-tsan")

add_compile_options(-Wall -Wextra -Wshadow -Wnon-virtual-dtor -Werror
  -fstack-protector-strong -ffile-prefix-map=${CMAKE_SOURCE_DIR}/=)
# The size of a file's offset is set for all, because ODBC's flags set it for those who include them, and a precompiled header
# fits only files for which it is the same.
add_compile_definitions(_GLIBCXX_ASSERTIONS BOOST_ALL_NO_LIB _FILE_OFFSET_BITS=64)
if(CMAKE_BUILD_TYPE STREQUAL "Release")
  add_compile_definitions(_FORTIFY_SOURCE=2)
endif()
if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
  # g++ 12 reports uninitialized and out-of-bounds values inside inlined std::variant, std::string and coroutine frames that are
  # sound.
  add_compile_options(-Wno-maybe-uninitialized -Wno-stringop-overflow -Wno-stringop-overread -Wno-array-bounds -Wno-restrict)
endif()
add_link_options(-Wl,-z,relro,-z,now)

find_program(PRIVITY_CCACHE ccache)
if(PRIVITY_CCACHE)
  # The sloppiness is what ccache asks of users of precompiled headers; the base directory lets two checkouts share the cache.
  set(CMAKE_CXX_COMPILER_LAUNCHER env CCACHE_SLOPPINESS=pch_defines,time_macros "CCACHE_BASEDIR=${CMAKE_SOURCE_DIR}" "${PRIVITY_CCACHE}")
  set(CMAKE_C_COMPILER_LAUNCHER "${PRIVITY_CCACHE}")
endif()
find_program(PRIVITY_MOLD mold)
if(PRIVITY_MOLD)
  add_link_options(-fuse-ld=mold)
endif()
