#include "main/write_world.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <chrono>
#include <cstdio>
#include <filesystem>
#include <string>
#include <system_error>
#include <utility>
#include <vector>

#include "adapters/cipher/cipher.h"
#include "base/bytes.h"
#include "language/message.h"
#include "main/invent_phone.h"
#include "simulate/world/world.h"

namespace bk::main {
namespace {

namespace fs = std::filesystem;
using Microseconds = std::chrono::microseconds;

std::unexpected<Error> CannotBeWritten(const fs::path& path, std::error_code why) {
  return Fail(ErrorCode::kNotReadable,
              fmt::format("{} cannot be written: {}.", path.string(), why.message()));
}

// All of it or none: half a file would pass for a world that was cut short.
Status WriteFile(const fs::path& path, Bytes bytes) {
  errno = 0;
  std::FILE* file = std::fopen(path.c_str(), "wb");
  if (file == nullptr) return CannotBeWritten(path, {errno, std::generic_category()});
  int failed = std::fwrite(bytes.data(), 1, bytes.size(), file) == bytes.size() ? 0 : errno;
  if (std::fclose(file) != 0 && failed == 0) failed = errno;  // a full disk may tell it only here
  if (failed == 0) return {};
  std::error_code ignored;
  fs::remove(path, ignored);
  return CannotBeWritten(path, {failed, std::generic_category()});
}

simulate::world::WorldOptions OptionsOf(const app::SimulatedWorld& wanted, Microseconds lives) {
  using simulate::Maker;
  simulate::world::WorldOptions options{.seed = wanted.seed,
                                        .sdk = SdkOf(wanted.android),
                                        .maker = wanted.maker == "samsung"  ? Maker::kSamsung
                                                 : wanted.maker == "xiaomi" ? Maker::kXiaomi
                                                                            : Maker::kStock,
                                        .faults = wanted.faults};
  // Of a short world, too, most is lived with the fault.
  options.until_faults = std::min(options.until_faults, lives / 4);
  return options;
}

}  // namespace

Result<std::string> WriteWorld(const app::SimulatedWorld& wanted) {
  const adapters::OpensslCipher cipher;
  const adapters::LibraryChecksum checksum;
  const auto lives = std::chrono::duration_cast<Microseconds>(
      std::chrono::duration<double, std::ratio<3600>>(wanted.hours));
  BK_TRY(const auto world,
         simulate::world::World::Make(OptionsOf(wanted, lives), cipher, checksum));
  const fs::path folder = wanted.out;
  std::error_code failed;
  fs::create_directories(folder, failed);
  if (failed)
    return Fail(ErrorCode::kNotReadable, fmt::format("The folder {} cannot be made: {}.",
                                                     folder.string(), failed.message()));
  world->Pass(lives);
  const auto log = world->Btsnoop();
  const simulate::world::WorldTruth truth = world->Truth();
  const std::string logcat = world->Logcat(), report = world->BugReport(),
                    told = simulate::world::TruthJson(truth);
  // The truth last: where it stands, all of the world stands.
  const std::array<std::pair<const char*, Bytes>, 4> files{{{"btsnoop_hci.log", log},
                                                            {"logcat.txt", AsBytes(logcat)},
                                                            {"bugreport.zip", AsBytes(report)},
                                                            {"truth.json", AsBytes(told)}}};
  // Nor does the truth of an earlier world stand beside half of another one.
  fs::remove(folder / files.back().first, failed);
  for (const auto& [name, bytes] : files)
    if (Status written = WriteFile(folder / name, bytes); !written)
      return std::unexpected(written.error());
  return language::Fill(
      "A simulated world, not a real one: {phone} with {app} and a {band}, {links} "
      "{links:link|links}, {minutes} {minutes:minute|minutes} fetched, {state} at the end.\n"
      "In {folder}: btsnoop_hci.log, logcat.txt, bugreport.zip, truth.json\n",
      language::Plurals::kOne,
      {{"phone", truth.phone},
       {"app", truth.app},
       {"band", truth.band_name},
       {"links", truth.happened.links.size()},
       {"minutes", truth.happened.got.size()},
       {"state", truth.healthy ? "healthy" : "in trouble"},
       {"folder", folder.string()}});
}

}  // namespace bk::main
