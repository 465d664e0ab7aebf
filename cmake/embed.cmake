# embed_files(target UNDER root patterns... [UNDER root patterns...]) compiles the files under each root that match
# into target, as the table that io/embedded.hpp declares. Names are relative to the root. A changed or added file
# configures anew.
function(embed_files target)
  set(rows "")
  set(root "")
  set(take_root FALSE)
  foreach(argument IN LISTS ARGN)
    if(argument STREQUAL "UNDER")
      set(take_root TRUE)
      continue()
    elseif(take_root)
      set(root ${argument})
      set(take_root FALSE)
      continue()
    endif()
    file(GLOB files CONFIGURE_DEPENDS ${root}/${argument})
    set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS ${files})
    foreach(path IN LISTS files)
      file(RELATIVE_PATH name ${root} ${path})
      file(READ ${path} text)
      string(APPEND rows "    {\"${name}\", R\"limpid(${text})limpid\"},\n")
    endforeach()
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
