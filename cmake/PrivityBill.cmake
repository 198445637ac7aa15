# privity_bill(<executable>): after each link writes build/NOTICE and build/sbom.cdx.json (tools/sbom.py) beside it. Only on Debian, whose package
# database says where the libraries come from; elsewhere the build goes without.

find_program(PRIVITY_DPKG_QUERY dpkg-query)
find_package(Python3 COMPONENTS Interpreter)

function(privity_bill executable)
  if(PRIVITY_DPKG_QUERY AND Python3_FOUND)
    add_custom_command(TARGET ${executable} POST_BUILD VERBATIM
      COMMAND "${Python3_EXECUTABLE}" "${CMAKE_SOURCE_DIR}/tools/sbom.py" "$<TARGET_FILE:${executable}>" "${CMAKE_BINARY_DIR}")
  endif()
endfunction()
