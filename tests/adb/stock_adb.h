// Stock adb with a server of its own, and a simulated phone for it to connect to.
#pragma once

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <string>
#include <thread>
#include <vector>

#include "adapters/listen/listen.h"
#include "simulate/adbd/device.h"
#include "simulate/adbd/session.h"

namespace bk::testing {

struct Ran {
  std::string out, err;
  int exit = -1;    // -1: it was killed
  int signal = 0;   // by which signal; SIGKILL where it took longer than it may, too
  long rss_kb = 0;  // the most memory that it held at once
};

struct RunHow {
  std::vector<std::string> variables;  // added to ours
  std::chrono::seconds patience{60};   // then it is killed
  std::string input;                   // on its standard input, some keys; then that ends
  std::function<void(pid_t)> begun;
};
Ran RunProgram(const std::vector<std::string>& words, const RunHow& how);
// With nothing on its standard input.
Ran RunProgram(const std::vector<std::string>& words,
               const std::vector<std::string>& variables = {});

// A program that goes on until it is interrupted.
class Background {
 public:
  explicit Background(const std::vector<std::string>& words);
  ~Background();
  Background(const Background&) = delete;
  Background& operator=(const Background&) = delete;

  // What it said until `words` stood there, or until it ended.
  const std::string& WaitFor(const std::string& words);
  // Ctrl-C, then its last words and its exit.
  Ran Interrupt();
  void Kill();  // without a word

 private:
  bool Hear();
  int out_ = -1;
  pid_t child_ = -1;
  std::string said_;
};

class StockAdb {
 public:
  // The path of adb; empty: none here.
  static std::string Path();

  // A server on a free port with a HOME of its own.
  StockAdb();
  ~StockAdb();
  StockAdb(const StockAdb&) = delete;
  StockAdb& operator=(const StockAdb&) = delete;

  // `adb WORDS…` on that server.
  [[nodiscard]] Ran Do(std::vector<std::string> words) const;
  // `adb connect` and on until it is in that state ("device", "unauthorized", "offline").
  [[nodiscard]] bool Connect(const std::string& address, const std::string& state = "device") const;
  // For programs that are to use this server.
  [[nodiscard]] const std::vector<std::string>& variables() const { return variables_; }
  [[nodiscard]] const std::filesystem::path& home() const { return home_; }

 private:
  [[nodiscard]] std::string StateOf(const std::string& address) const;

  std::filesystem::path home_;
  std::vector<std::string> variables_;
};

// Serves a phone on a free port of this computer until it goes. The device must outlive it; its
// services are used from another thread meanwhile.
class PhoneOnThread {
 public:
  explicit PhoneOnThread(simulate::adbd::Device& device);
  ~PhoneOnThread();
  PhoneOnThread(const PhoneOnThread&) = delete;
  PhoneOnThread& operator=(const PhoneOnThread&) = delete;
  [[nodiscard]] const std::string& address() const { return address_; }

 private:
  std::unique_ptr<adapters::Listener> listener_;
  std::string address_;
  std::thread thread_;
};

}  // namespace bk::testing
