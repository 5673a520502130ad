#include "adapters/adb/scripted_server_testing.h"

#include <fmt/format.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <cstring>

#include "base/result.h"
#include "codec/adb/shell_v2.h"
#include "codec/adb/smart_socket.h"

namespace bk::adapters::adb::testing {

std::optional<std::string> Conversation::Read(std::size_t bytes) {
  std::string text(bytes, '\0');
  std::size_t have = 0;
  while (have < bytes) {
    const ssize_t got = recv(socket_, text.data() + have, bytes - have, 0);
    if (got <= 0) return std::nullopt;
    have += static_cast<std::size_t>(got);
  }
  return text;
}

std::optional<std::string> Conversation::Request() {
  const auto digits = Read(4);
  if (!digits) return std::nullopt;
  const auto size = codec::adb::ParseHex4(*digits);
  return size ? Read(*size) : std::nullopt;
}

bool Conversation::Send(std::string_view bytes) {
  while (!bytes.empty()) {
    const ssize_t sent = send(socket_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
    if (sent <= 0) return false;
    bytes.remove_prefix(static_cast<std::size_t>(sent));
  }
  return true;
}

bool Conversation::Fail(std::string_view why) { return Send("FAIL") && Text(why); }
bool Conversation::Text(std::string_view text) { return Send(codec::adb::EncodeRequest(text)); }

void Conversation::Hold() {
  char byte = 0;
  while (recv(socket_, &byte, 1, 0) > 0) {
  }
}

std::string Framed(char id, std::string_view text) {
  std::vector<std::byte> packet;
  codec::adb::EncodeShellPacket(static_cast<codec::adb::ShellPacketId>(id), AsBytes(text), packet);
  return std::string(AsText(packet));
}
std::string Exit(int code) { return Framed(3, std::string(1, static_cast<char>(code))); }

ScriptedServer::ScriptedServer(Script script) : script_(std::move(script)) {
  listener_ = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  socklen_t size = sizeof address;
  BK_CHECK(bind(listener_, reinterpret_cast<sockaddr*>(&address), size) == 0);
  BK_CHECK(listen(listener_, 64) == 0);
  BK_CHECK(getsockname(listener_, reinterpret_cast<sockaddr*>(&address), &size) == 0);
  port_ = ntohs(address.sin_port);
  accepting_ = std::thread([this] { Accept(); });
}

void ScriptedServer::Accept() {
  while (true) {
    const int socket = accept4(listener_, nullptr, nullptr, SOCK_CLOEXEC);
    if (socket < 0) return;
    const std::lock_guard lock(mutex_);
    sockets_.push_back(socket);
    talks_.emplace_back([this, socket] {
      Conversation conversation(socket);
      script_(conversation);
      shutdown(socket, SHUT_RDWR);
    });
  }
}

ScriptedServer::~ScriptedServer() {
  shutdown(listener_, SHUT_RDWR);
  accepting_.join();
  {
    const std::lock_guard lock(mutex_);
    for (const int socket : sockets_) shutdown(socket, SHUT_RDWR);
  }
  for (std::thread& talk : talks_) talk.join();
  for (const int socket : sockets_) close(socket);
  close(listener_);
}

AdbOptions ScriptedServer::options(std::map<std::string, std::string> more) const {
  more.try_emplace("ANDROID_ADB_SERVER_PORT", std::to_string(port_));
  return {.environment =
              [more](const char* name) {
                const auto it = more.find(name);
                return it == more.end() ? std::string() : it->second;
              },
          .server_start = std::chrono::milliseconds(5'000),
          .ask = std::chrono::milliseconds(5'000),
          .retry = std::chrono::milliseconds(5),
          .pull_silence = std::chrono::milliseconds(5'000)};
}

void OnePhone::operator()(Conversation& conversation) {
  const auto request = conversation.Request();
  if (!request) return;
  {
    const std::lock_guard lock(mutex);
    requests.push_back(*request);
  }
  if (*request == "host:devices-l") {
    conversation.Okay() && conversation.Text(devices);
  } else if (*request == "host-serial:S1:features") {
    conversation.Okay() && conversation.Text(features);
  } else if (*request == "host:host-features") {
    conversation.Okay() && conversation.Text("abb,shell_v2,cmd,stat_v2");
  } else if (*request == "host-serial:S1:get-state") {
    conversation.Okay() && conversation.Text(state);
  } else if (*request == "host:transport:S1" && !gone) {
    conversation.Okay();
    const auto wanted = conversation.Request();
    if (!wanted) return;
    {
      const std::lock_guard lock(mutex);
      requests.push_back(*wanted);
    }
    service(conversation, *wanted);
  } else {
    conversation.Fail(gone ? "device 'S1' not found" : "unknown host service");
  }
}

std::size_t OnePhone::Count(std::string_view request) {
  const std::lock_guard lock(mutex);
  return static_cast<std::size_t>(std::ranges::count(requests, request));
}

}  // namespace bk::adapters::adb::testing
