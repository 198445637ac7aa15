# privity_embed(<target> SYMBOL <function> BASE <folder> [COMPRESS] FILES <file>...)
#
# Puts files into the binary. `target` gains a function `std::span<const EmbeddedFile> privity::<function>()`, declared by whoever
# uses it (base/embedded.h describes EmbeddedFile). Paths are relative to BASE, sorted. COMPRESS adds gzip and brotli variants
# where they are smaller; without the `brotli` program that variant is left out. A changed file is embedded again; a file that is
# new needs CMake to run, which a glob with CONFIGURE_DEPENDS sees to.
#
# The bytes enter through `.incbin`: compiling them as an array would take seconds and hundreds of megabytes per megabyte.

find_program(PRIVITY_GZIP gzip)
find_program(PRIVITY_BROTLI brotli)

function(privity_embed target)
  cmake_parse_arguments(ARG "COMPRESS" "SYMBOL;BASE" "FILES" ${ARGN})
  set(out "${CMAKE_CURRENT_BINARY_DIR}/embed_${ARG_SYMBOL}")
  list(SORT ARG_FILES)
  list(JOIN ARG_FILES "\n" listing)
  file(CONFIGURE OUTPUT "${out}/files.txt" CONTENT "${listing}\n")
  add_custom_command(
    OUTPUT "${out}/bytes.S" "${out}/table.cc"
    COMMAND "${CMAKE_COMMAND}" -D "OUT=${out}" -D "SYMBOL=${ARG_SYMBOL}" -D "BASE=${ARG_BASE}" -D "COMPRESS=${ARG_COMPRESS}"
      -D "GZIP=${PRIVITY_GZIP}" -D "BROTLI=${PRIVITY_BROTLI}" -P "${CMAKE_SOURCE_DIR}/cmake/EmbedFiles.cmake"
    DEPENDS ${ARG_FILES} "${out}/files.txt" "${CMAKE_SOURCE_DIR}/cmake/EmbedFiles.cmake"
    COMMENT "Embedding files as ${ARG_SYMBOL}"
    VERBATIM)
  target_sources(${target} PRIVATE "${out}/bytes.S" "${out}/table.cc")
endfunction()
