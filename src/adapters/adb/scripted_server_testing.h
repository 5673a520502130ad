// An adb server of a few lines, for tests: each connection is handled by the test's own script, on
// a thread of its own, over a real loopback socket.
#pragma once

#include <atomic>
#include <functional>
#include <list>
#include <map>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

#include "adapters/adb/adb.h"

namespace bk::adapters::adb::testing {

// The server's side of one connection. Blocking; gives up when the other side has closed.
class Conversation {
 public:
  explicit Conversation(int socket) : socket_(socket) {}
  std::optional<std::string> Request();  // four hex digits and the text
  std::optional<std::string> Read(std::size_t bytes);
  bool Send(std::string_view bytes);
  bool Okay() { return Send("OKAY"); }
  bool Fail(std::string_view why);
  bool Text(std::string_view text);  // four hex digits and the text
  // Until the other side closes.
  void Hold();

 private:
  int socket_;
};

// "\1" + length + text, and the last packet.
std::string Framed(char id, std::string_view text);
std::string Exit(int code);

class ScriptedServer {
 public:
  using Script = std::function<void(Conversation&)>;
  // `script` runs for every connection, several at a time.
  explicit ScriptedServer(Script script);
  ~ScriptedServer();
  ScriptedServer(const ScriptedServer&) = delete;
  ScriptedServer& operator=(const ScriptedServer&) = delete;

  [[nodiscard]] int port() const { return port_; }
  // Options of a client that finds this server and nothing else.
  [[nodiscard]] AdbOptions options(std::map<std::string, std::string> more = {}) const;

 private:
  void Accept();

  Script script_;
  int listener_ = -1;
  int port_ = 0;
  std::mutex mutex_;
  std::vector<int> sockets_;
  std::list<std::thread> talks_;
  std::thread accepting_;
};

// A server with one phone, "S1", whose shell answers with `Run`; the rest may be changed.
struct OnePhone {
  std::string devices = "S1                     device usb:1-1 model:Redmi_Note_8 transport_id:1\n";
  std::string features = "shell_v2,cmd,stat_v2";
  std::string state = "device";
  std::atomic<bool> gone = false;  // unplugged
  // The service after the switch to the phone: "shell,v2,raw:LINE", "sync:". It has to answer all.
  std::function<void(Conversation&, const std::string& service)> service;
  std::mutex mutex;
  std::vector<std::string> requests;  // seen, in order of arrival

  void operator()(Conversation& conversation);
  [[nodiscard]] std::size_t Count(std::string_view request);
};

}  // namespace bk::adapters::adb::testing
