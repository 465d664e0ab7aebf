# embed_files(target root patterns...) compiles the files under root that match into target, as the table that
# io/embedded.hpp declares. Names are relative to root. A changed or added file configures anew.
function(embed_files target root)
  list(TRANSFORM ARGN PREPEND ${root}/)
  file(GLOB files CONFIGURE_DEPENDS ${ARGN})
  set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS ${files})
  set(rows "")
  foreach(path IN LISTS files)
    file(RELATIVE_PATH name ${root} ${path})
    file(READ ${path} text)
    string(APPEND rows "    {\"${name}\", R\"limpid(${text})limpid\"},\n")
  endforeach()
  set(source ${CMAKE_CURRENT_BINARY_DIR}/embedded_table.cpp)
  file(CONFIGURE OUTPUT ${source} @ONLY CONTENT [[
#include "io/embedded.hpp"

namespace limpid {

std::span<const EmbeddedFile> embedded_files() {
  static constexpr EmbeddedFile kFiles[] = {
@rows@  };
  return kFiles;
}

}  // namespace limpid
]])
  target_sources(${target} PRIVATE ${source})
endfunction()
