// Captures to link stories: packets/s, MB/s and peak memory beside tshark and btmon on the same
// generated file. Usage: bench_capture [PACKETS] [--alone] [--file CAPTURE]
//
// Goal: 10 M packets/s on one core, 70 x tshark.
#include <fcntl.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <fstream>
#include <random>
#include <string>
#include <vector>

#include "capture/capture_reader.h"
#include "capture/talk/band_talk.h"
#include "codec/snoop/writer.h"

namespace {

using bk::Bytes;
using bk::ByteWriter;
using bk::codec::snoop::FileKind;
using bk::codec::snoop::Packet;
using bk::codec::snoop::PacketKind;
using bk::codec::snoop::SnoopWriter;

// 45 % notifications, 30 % writes, 15 % adverts, 10 % completed packets: a phone that fetches from
// three bands in a busy room.
class Generator {
 public:
  explicit Generator(std::vector<std::byte>& out) : writer_(FileKind::kBtsnoopH4, out) {}

  void Run(std::size_t packets) {
    for (std::uint16_t handle = 1; handle <= 3; ++handle) Connect(handle);
    for (std::size_t i = 3; i < packets; ++i) {
      const auto dice = random_() % 100;
      const auto handle = static_cast<std::uint16_t>(1 + random_() % 3);
      if (dice < 45)
        Att(handle, false, 0x1b, 0x3e, 20);
      else if (dice < 65)
        Att(handle, true, 0x52, 0x3b, 20);
      else if (dice < 70)
        Att(handle, true, 0x12, 0x2c, 11);
      else if (dice < 75)
        Att(handle, false, 0x13, 0, 0);
      else if (dice < 90)
        Advert(static_cast<std::uint16_t>(random_() % 300));
      else
        Completed(handle);
    }
  }

 private:
  void Add(PacketKind kind, bool sent) {
    Packet packet;
    packet.kind = kind;
    packet.to_controller = sent;
    packet.time = {now_ += 1250};
    packet.data = data_;
    packet.original_length = static_cast<std::uint32_t>(data_.size());
    writer_.Add(packet);
    data_.clear();
  }
  void Connect(std::uint16_t handle) {
    ByteWriter(data_).U8(0x3e).U8(19).U8(1).U8(0).Le16(handle).U8(0).U8(0).Le48(0xc80f10000000 +
                                                                                handle);
    ByteWriter(data_).Le16(39).Le16(0).Le16(500).U8(0);
    Add(PacketKind::kEvent, false);
  }
  void Att(std::uint16_t handle, bool sent, std::uint8_t op, std::uint16_t attribute,
           std::size_t value) {
    const std::size_t size = 1 + (attribute != 0 ? 2 : 0) + value;
    ByteWriter out(data_);
    out.Le16(handle | (sent ? 0U : 0x2000U)).Le16(size + 4).Le16(size).Le16(4).U8(op);
    if (attribute != 0) out.Le16(attribute);
    for (std::size_t i = 0; i < value; ++i) out.U8(random_() & 0xff);
    Add(PacketKind::kAcl, sent);
  }
  void Advert(std::uint16_t who) {
    ByteWriter out(data_);
    out.U8(0x3e).U8(12 + 31).U8(2).U8(1).U8(0).U8(1).Le48(0x5d0000000000 + who * 7919U).U8(31);
    out.U8(2).U8(1).U8(6).U8(27).U8(0xff).Le16(0x004c);
    for (int i = 0; i < 24; ++i) out.U8(0xff);
    out.U8(0xb0 + who % 32U);
    Add(PacketKind::kEvent, false);
  }
  void Completed(std::uint16_t handle) {
    ByteWriter(data_).U8(0x13).U8(5).U8(1).Le16(handle).Le16(1);
    Add(PacketKind::kEvent, false);
  }

  SnoopWriter writer_;
  std::vector<std::byte> data_;
  std::mt19937 random_{7};
  std::int64_t now_ = 1'704'067'200'000'000;
};

class Mapped {
 public:
  explicit Mapped(const std::string& path) {
    const int file = open(path.c_str(), O_RDONLY);
    struct stat info{};
    if (file < 0 || fstat(file, &info) != 0 || info.st_size == 0) std::exit(3);
    size_ = static_cast<std::size_t>(info.st_size);
    data_ = mmap(nullptr, size_, PROT_READ, MAP_PRIVATE | MAP_POPULATE, file, 0);
    close(file);
    if (data_ == MAP_FAILED) std::exit(3);
  }
  ~Mapped() { munmap(data_, size_); }
  Mapped(const Mapped&) = delete;
  Mapped& operator=(const Mapped&) = delete;
  [[nodiscard]] Bytes bytes() const { return {static_cast<const std::byte*>(data_), size_}; }

 private:
  void* data_ = nullptr;
  std::size_t size_ = 0;
};

// Seconds of processor, ours or of the children: a busy machine does not falsify them.
double Seconds(int who, auto&& work) {
  const auto now = [who] {
    rusage usage{};
    getrusage(who, &usage);
    return static_cast<double>(usage.ru_utime.tv_sec + usage.ru_stime.tv_sec) +
           static_cast<double>(usage.ru_utime.tv_usec + usage.ru_stime.tv_usec) / 1e6;
  };
  const double start = now();
  work();
  return now() - start;
}

void Print(const char* who, double seconds, double packets, double bytes, double ours) {
  std::printf("%-24s %8.3f s of CPU %12.0f packets/s %9.1f MB/s", who, seconds, packets / seconds,
              bytes / seconds / 1e6);
  if (ours > 0) std::printf("   bandkeeper is %.1f x as fast", seconds / ours);
  std::printf("\n");
  std::fflush(stdout);
}

bool Has(const char* program) {
  return std::system((std::string("command -v ") + program + " >/dev/null 2>&1").c_str()) == 0;
}

}  // namespace

int main(int argc, char** argv) {
  std::size_t packets = 1'000'000;
  bool alone = false;
  std::string path;
  for (int i = 1; i < argc; ++i) {
    if (std::strcmp(argv[i], "--alone") == 0)
      alone = true;
    else if (std::strcmp(argv[i], "--file") == 0 && i + 1 < argc)
      path = argv[++i];
    else
      packets = static_cast<std::size_t>(std::atoll(argv[i]));
  }
  const bool generated = path.empty();
  if (generated) {
    std::vector<std::byte> bytes;
    Generator(bytes).Run(packets);
    path = "/tmp/bench_capture." + std::to_string(getpid()) + ".log";
    std::ofstream(path, std::ios::binary)
        .write(reinterpret_cast<const char*>(bytes.data()),
               static_cast<std::streamsize>(bytes.size()));
  }
  double best = 1e9, size = 0;
  {
    const Mapped file(path);
    size = static_cast<double>(file.bytes().size());
    for (int round = 0; round < 5; ++round)
      best = std::min(
          best, Seconds(RUSAGE_SELF, [&] {
            bk::capture::talk::BandTalkMaker talk;
            bk::capture::CaptureReader reader({.file = path, .member = "", .observers = &talk});
            if (!reader.Push(file.bytes())) std::exit(3);
            const auto story = reader.Finish();
            if (!story) std::exit(3);
            packets = story->counters.packets;
          }));
  }
  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
  const auto count = static_cast<double>(packets);
  std::printf("%zu packets, %.1f MB; peak memory %.1f MB, of which %.1f MB are the mapped file\n",
              packets, size / 1e6, static_cast<double>(usage.ru_maxrss) / 1e3,
              generated ? 0.0 : size / 1e6);
  Print("bandkeeper", best, count, size, 0);
  const auto peer = [&](const char* name, const std::string& command) {
    if (alone || !Has(name)) return;
    int status = 0;
    const double seconds = Seconds(
        RUSAGE_CHILDREN, [&] { status = std::system((command + " >/dev/null 2>&1").c_str()); });
    if (status == 0) Print(name, seconds, count, size, best);
  };
  peer("tshark", "tshark -r " + path);
  peer("btmon", "btmon -r " + path);
  if (generated) std::remove(path.c_str());
}
