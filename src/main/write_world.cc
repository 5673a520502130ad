#include "main/write_world.h"

#include <fmt/format.h>

#include <chrono>
#include <filesystem>
#include <fstream>
#include <utility>

#include "adapters/cipher/cipher.h"
#include "main/invent_phone.h"
#include "simulate/world/world.h"

namespace bk::main {
namespace {

Status WriteFile(const std::filesystem::path& path, const char* bytes, std::size_t size) {
  std::ofstream file(path, std::ios::binary | std::ios::trunc);
  file.write(bytes, static_cast<std::streamsize>(size));
  file.close();
  if (!file)
    return Fail(ErrorCode::kNotReadable, fmt::format("{} cannot be written.", path.string()));
  return {};
}
Status WriteFile(const std::filesystem::path& path, const std::string& text) {
  return WriteFile(path, text.data(), text.size());
}

}  // namespace

Result<std::string> WriteWorld(const app::SimulatedWorld& wanted) {
  using simulate::Maker;
  const adapters::OpensslCipher cipher;
  const adapters::LibraryChecksum checksum;
  simulate::world::WorldOptions options{.seed = wanted.seed,
                                        .sdk = SdkOf(wanted.android),
                                        .maker = wanted.maker == "samsung"  ? Maker::kSamsung
                                                 : wanted.maker == "xiaomi" ? Maker::kXiaomi
                                                                            : Maker::kStock,
                                        .faults = wanted.faults};
  BK_TRY(const auto world, simulate::world::World::Make(std::move(options), cipher, checksum));
  world->Pass(std::chrono::duration_cast<std::chrono::microseconds>(
      std::chrono::duration<double, std::ratio<3600>>(wanted.hours)));
  const std::filesystem::path folder = wanted.out;
  std::error_code failed;
  std::filesystem::create_directories(folder, failed);
  if (failed)
    return Fail(ErrorCode::kNotReadable, fmt::format("{} cannot be made.", folder.string()));
  const auto log = world->Btsnoop();
  if (Status written = WriteFile(folder / "btsnoop_hci.log",
                                 reinterpret_cast<const char*>(log.data()), log.size());
      !written)
    return std::unexpected(written.error());
  const simulate::world::WorldTruth truth = world->Truth();
  for (const auto& [name, text] :
       {std::pair<const char*, std::string>{"logcat.txt", world->Logcat()},
        {"bugreport.zip", world->BugReport()},
        {"truth.json", simulate::world::TruthJson(truth)}})
    if (Status written = WriteFile(folder / name, text); !written)
      return std::unexpected(written.error());
  return fmt::format(
      "A simulated world, not a real one: {} with {} and a {}, {} links, {} minutes fetched, {} at "
      "the end.\nIn {}: btsnoop_hci.log, logcat.txt, bugreport.zip, truth.json\n",
      truth.phone, truth.app, truth.band_name, truth.happened.links.size(),
      truth.happened.got.size(), truth.healthy ? "healthy" : "in trouble", folder.string());
}

}  // namespace bk::main
