# Writes the page's files into a C++ source: cmake -DFOLDER=... -DFILES="a;b" -DOUTPUT=... -P embed.cmake
# The ETag is the SHA-256 of the content.
set(type_html "text/html; charset=utf-8")
set(type_css "text/css; charset=utf-8")
set(type_js "text/javascript; charset=utf-8")
set(type_svg "image/svg+xml")

list(SORT FILES)
set(contents "")
set(rows "")
set(number 0)
foreach(name ${FILES})
  get_filename_component(extension ${name} LAST_EXT)
  string(SUBSTRING ${extension} 1 -1 extension)
  file(READ ${FOLDER}/${name} bytes HEX)
  file(SHA256 ${FOLDER}/${name} hash)
  string(REGEX REPLACE "([0-9a-f][0-9a-f])" "'\\\\x\\1'," bytes "${bytes}")
  string(APPEND contents "constexpr char content${number}[] = {${bytes}'\\0'};\n")
  string(APPEND rows
    "    {\"${name}\", \"${type_${extension}}\", {content${number}, sizeof content${number} - 1}, \"\\\"${hash}\\\"\"},\n")
  math(EXPR number "${number} + 1")
endforeach()

file(WRITE ${OUTPUT} "#include \"api/console/assets.h\"

namespace loa {
namespace {

${contents}
constexpr Asset rows[] = {
${rows}};

}  // namespace

const std::span<const Asset> assets{rows};

}  // namespace loa
")
