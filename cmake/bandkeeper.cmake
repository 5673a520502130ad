# The three declarations that every room uses: bk_library, bk_test, bk_fuzz.

# Paths are kept relative, so that a second checkout of the same sources finds what the first one compiled.
find_program(BK_CCACHE ccache)
if(BK_CCACHE)
  set(CMAKE_CXX_COMPILER_LAUNCHER
    ${CMAKE_COMMAND} -E env CCACHE_BASEDIR=${PROJECT_SOURCE_DIR} CCACHE_NOHASHDIR=1 ${BK_CCACHE})
endif()

if(BK_CORE_ONLY)
  # Debian's headers lie in /usr/include among the native system's; the core sees these two alone.
  file(MAKE_DIRECTORY ${CMAKE_BINARY_DIR}/include)
  foreach(headers fmt nlohmann)
    file(CREATE_LINK /usr/include/${headers} ${CMAKE_BINARY_DIR}/include/${headers} SYMBOLIC)
  endforeach()
  add_library(fmt::fmt INTERFACE IMPORTED)
  target_include_directories(fmt::fmt SYSTEM INTERFACE ${CMAKE_BINARY_DIR}/include)
  target_compile_definitions(fmt::fmt INTERFACE FMT_HEADER_ONLY FMT_EXCEPTIONS=0)
else()
  find_package(fmt REQUIRED)
  find_package(nlohmann_json REQUIRED)
endif()
if(BK_TESTS)
  find_package(GTest REQUIRED)
endif()

add_library(bk_flags INTERFACE)
target_compile_options(bk_flags INTERFACE -Wall -Wextra -Wshadow -Wconversion -Wno-sign-conversion
  -Wnon-virtual-dtor -Wno-missing-field-initializers)
target_include_directories(bk_flags INTERFACE ${PROJECT_SOURCE_DIR}/src)
if(BK_WERROR)
  target_compile_options(bk_flags INTERFACE -Werror)
endif()
if(BK_SANITIZE)
  target_compile_options(bk_flags INTERFACE -fsanitize=${BK_SANITIZE} -fno-sanitize-recover=all -fno-omit-frame-pointer)
  target_link_options(bk_flags INTERFACE -fsanitize=${BK_SANITIZE})
endif()

# bk_library(NAME [CORE] SOURCES ... DEPS ...)
# CORE: part of the portable core (docs/architecture.md): no exceptions, no files, no threads.
# A room without sources is an INTERFACE target, so that its dependencies are still named.
function(bk_library name)
  cmake_parse_arguments(ARG "CORE" "" "SOURCES;DEPS" ${ARGN})
  if(ARG_SOURCES)
    add_library(${name} STATIC ${ARG_SOURCES})
    target_link_libraries(${name} PUBLIC bk_flags ${ARG_DEPS})
    if(ARG_CORE)
      target_compile_options(${name} PRIVATE -fno-exceptions)
    endif()
  else()
    add_library(${name} INTERFACE)
    target_link_libraries(${name} INTERFACE bk_flags ${ARG_DEPS})
  endif()
endfunction()

# bk_test(NAME SOURCES ... DEPS ... [LABELS ...]): one GoogleTest binary, one ctest entry.
function(bk_test name)
  cmake_parse_arguments(ARG "" "" "SOURCES;DEPS;LABELS" ${ARGN})
  if(NOT ARG_SOURCES OR NOT BK_TESTS)
    return()
  endif()
  add_executable(${name} ${ARG_SOURCES})
  target_link_libraries(${name} PRIVATE bk_flags ${ARG_DEPS} GTest::gtest GTest::gmock GTest::gtest_main)
  add_test(NAME ${name} COMMAND ${name} WORKING_DIRECTORY ${PROJECT_SOURCE_DIR})
  # One seed, so that a red test is red again; other seeds: RC_PARAMS=seed=N BINARY.
  set_tests_properties(${name} PROPERTIES LABELS "${ARG_LABELS}" SKIP_REGULAR_EXPRESSION "^skipped"
    ENVIRONMENT "RC_PARAMS=seed=20261125")
endfunction()

# All of bk_fuzz, by one name: what ./check builds with sanitizers.
add_custom_target(fuzz_targets)

# bk_fuzz(NAME SOURCE x_fuzz.cc DEPS ...): `void Fuzz(std::span<const std::byte>)` under libFuzzer, or under
# fuzz/replay_main.cc, which runs the seeds in fuzz/corpus/NAME and seeded mutations of them as a test.
function(bk_fuzz name)
  cmake_parse_arguments(ARG "" "SOURCE" "DEPS" ${ARGN})
  if(NOT BK_TESTS)
    return()
  endif()
  if(BK_LIBFUZZER)
    add_executable(${name} ${ARG_SOURCE} ${PROJECT_SOURCE_DIR}/fuzz/libfuzzer_main.cc)
    target_link_libraries(${name} PRIVATE bk_flags ${ARG_DEPS})
    target_compile_options(${name} PRIVATE -fsanitize=fuzzer)
    target_link_options(${name} PRIVATE -fsanitize=fuzzer)
  else()
    add_executable(${name} ${ARG_SOURCE})
    target_link_libraries(${name} PRIVATE bk_flags bk_fuzz_replay ${ARG_DEPS})
    add_test(NAME ${name} COMMAND ${name} ${PROJECT_SOURCE_DIR}/fuzz/corpus/${name})
    set_tests_properties(${name} PROPERTIES LABELS fuzz)
  endif()
  add_dependencies(fuzz_targets ${name})
endfunction()
