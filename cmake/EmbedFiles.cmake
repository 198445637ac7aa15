# Run by privity_embed at build time: writes bytes.S and table.cc for the files listed in files.txt.

file(STRINGS "${OUT}/files.txt" files)

set(media_types
  "html=text/html" "js=text/javascript" "mjs=text/javascript"
  "css=text/css" "json=application/json" "map=application/json" "webmanifest=application/manifest+json"
  "svg=image/svg+xml" "png=image/png" "jpg=image/jpeg" "webp=image/webp" "ico=image/vnd.microsoft.icon" "woff2=font/woff2"
  "wasm=application/wasm" "txt=text/plain" "xml=application/xml" "yaml=application/yaml" "pdf=application/pdf")

function(media_type path result)
  string(REGEX MATCH "[^.]*$" extension "${path}")
  set(${result} "application/octet-stream" PARENT_SCOPE)
  foreach(entry IN LISTS media_types)
    string(REGEX REPLACE "=.*$" "" known "${entry}")
    if(known STREQUAL extension)
      string(REGEX REPLACE "^[^=]*=" "" type "${entry}")
      # Added here: a semicolon inside the table would end its entry.
      if(type MATCHES "^text/")
        string(APPEND type "; charset=utf-8")
      endif()
      set(${result} "${type}" PARENT_SCOPE)
      return()
    endif()
  endforeach()
endfunction()

# Adds one run of bytes to the assembly, aligned for those that are read in place; answers with the C++ that names it.
function(add_bytes label file result)
  file(SIZE "${file}" size)
  string(APPEND assembly "  .balign 64\n  .globl ${label}\n  .hidden ${label}\n${label}:\n  .incbin \"${file}\"\n")
  string(APPEND declarations "extern \"C\" const char ${label}[];\n")
  set(assembly "${assembly}" PARENT_SCOPE)
  set(declarations "${declarations}" PARENT_SCOPE)
  set(${result} "{${label}, ${size}}" PARENT_SCOPE)
endfunction()

function(compressed file packed result)
  file(SIZE "${file}" plain_size)
  file(SIZE "${packed}" packed_size)
  if(packed_size LESS plain_size)
    set(${result} TRUE PARENT_SCOPE)
  else()
    set(${result} FALSE PARENT_SCOPE)
  endif()
endfunction()

set(assembly "  .section .rodata\n")
set(declarations "")
set(rows "")
set(number 0)
foreach(file IN LISTS files)
  file(RELATIVE_PATH path "${BASE}" "${file}")
  file(SHA256 "${file}" hash)
  media_type("${path}" type)
  set(label "privity_${SYMBOL}_${number}")
  add_bytes(${label} "${file}" plain)
  set(gzip "{}")
  set(brotli "{}")
  if(COMPRESS AND GZIP)
    execute_process(COMMAND "${GZIP}" -9 -n -c "${file}" OUTPUT_FILE "${OUT}/${number}.gz" COMMAND_ERROR_IS_FATAL ANY)
    compressed("${file}" "${OUT}/${number}.gz" smaller)
    if(smaller)
      add_bytes(${label}_gzip "${OUT}/${number}.gz" gzip)
    endif()
  endif()
  if(COMPRESS AND BROTLI)
    execute_process(COMMAND "${BROTLI}" -q 11 -c "${file}" OUTPUT_FILE "${OUT}/${number}.br" COMMAND_ERROR_IS_FATAL ANY)
    compressed("${file}" "${OUT}/${number}.br" smaller)
    if(smaller)
      add_bytes(${label}_brotli "${OUT}/${number}.br" brotli)
    endif()
  endif()
  string(APPEND rows "    {\"${path}\", \"${type}\", \"${hash}\", ${plain}, ${gzip}, ${brotli}},\n")
  math(EXPR number "${number} + 1")
endforeach()

file(WRITE "${OUT}/bytes.S" "${assembly}\n  .section .note.GNU-stack,\"\",@progbits\n")
file(WRITE "${OUT}/table.cc" "#include <array>
#include \"base/embedded.h\"
${declarations}
namespace privity {
std::span<const EmbeddedFile> ${SYMBOL}();
std::span<const EmbeddedFile> ${SYMBOL}() {
  static const std::array<EmbeddedFile, ${number}> files = {{
${rows}  }};
  return files;
}
}  // namespace privity
")
