// What comes in behind a head: small documents, and files that are written as they come.
#include <fcntl.h>
#include <unistd.h>

#include <boost/asio/redirect_error.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/beast/http/empty_body.hpp>
#include <boost/beast/http/read.hpp>
#include <boost/beast/http/write.hpp>
#include <cerrno>
#include <cstring>
#include <nlohmann/json.hpp>

#include "server/connection.h"
#include "server/json_body.h"
#include "server/limits.h"

namespace bk::server {

namespace asio = boost::asio;
namespace http = boost::beast::http;
using boost::system::error_code;

namespace {

// A file for us alone, which was not there before.
class Written {
 public:
  explicit Written(const std::string& path)
      : file_(open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600)) {}
  ~Written() { (void)Close(); }
  Written(const Written&) = delete;
  Written& operator=(const Written&) = delete;

  Status Write(const char* bytes, std::size_t size) {
    if (file_ < 0) return Failed();
    while (size > 0) {
      const ssize_t wrote = write(file_, bytes, size);
      if (wrote < 0 && errno == EINTR) continue;
      if (wrote <= 0) return Failed();
      bytes += wrote;
      size -= static_cast<std::size_t>(wrote);
    }
    return {};
  }
  Status Close() {
    if (file_ < 0) return {};
    const bool bad = close(file_) != 0;
    file_ = -1;
    if (bad) return Failed();
    return {};
  }

 private:
  static Status Failed() {
    if (errno == ENOSPC || errno == EDQUOT || errno == EFBIG)
      return Fail(ErrorCode::kNotReadable, "the disk is full");
    return Fail(ErrorCode::kNotSupported, std::string(std::strerror(errno)) + ".");
  }
  int file_;
};

}  // namespace

asio::awaitable<std::optional<app::Desk::Json>> Connection::ReadJson(Parser& parser, bool& open) {
  const auto& head = parser.get();
  const auto length = parser.content_length();
  if (length && *length > kJsonBytesMax) {
    open = co_await Break(413, "too_large", "That is more than an order can hold.");
    co_return std::nullopt;
  }
  // Also of an empty body: a form of another site could not say so.
  const auto type = head[http::field::content_type];
  if (!IsJsonType({type.data(), type.size()}) && body_left_) {
    open = co_await Break(415, "not_json", "Orders come as application/json.");
    co_return std::nullopt;
  }
  std::string text(kJsonBytesMax + 1, '\0');
  std::size_t size = 0;
  Within(kJsonTime);
  while (!parser.is_done() && size < text.size()) {
    auto& body = parser.get().body();
    body.data = text.data() + size;
    body.size = text.size() - size;
    const std::size_t room = body.size;
    error_code error;
    co_await http::async_read_some(socket_, buffer_, parser,
                                   asio::redirect_error(asio::use_awaitable, error));
    size += room - parser.get().body().size;
    if (error == http::error::need_buffer) error = {};
    if (timed_out_) {
      open = co_await Break(408, "too_slow", "The order did not come within ten seconds.");
      co_return std::nullopt;
    }
    if (error) {
      open = co_await Break(400, "bad_request", "The request is damaged.");
      co_return std::nullopt;
    }
  }
  if (size > kJsonBytesMax) {
    open = co_await Break(413, "too_large", "That is more than an order can hold.");
    co_return std::nullopt;
  }
  body_left_ = false;
  auto json = ParseOrder(std::string_view(text).substr(0, size));
  if (!json) open = co_await Break(400, "bad_request", "The body is to be a JSON object.");
  co_return json;
}

Connection::Yes Connection::Upload(Parser& parser, const Target& target, std::string_view what) {
  const auto name = target.query.find("name");
  if (name == target.query.end() || name->second.empty())
    co_return co_await Break(400, "bad_request", "name: what the file is called.");
  if (shared_.uploads >= kUploadsMax)
    co_return co_await Break(503, "too_many", "Four files are on their way already.");
  const auto length = parser.content_length();
  auto begun = shared_.desk.BeginUpload(
      what, name->second, length ? std::optional<std::uint64_t>(*length) : std::nullopt);
  if (auto* no = std::get_if<app::Answered>(&begun)) {
    keep_ = keep_ && !body_left_;
    const bool on = co_await Send(std::move(*no));
    if (body_left_) co_await Linger();
    co_return on;
  }
  const app::Desk::Upload& upload = std::get<app::Desk::Upload>(begun);
  struct Slot {
    std::size_t& taken;
    explicit Slot(std::size_t& count) : taken(count) { ++taken; }
    ~Slot() { --taken; }
  } const slot(shared_.uploads);
  if (parser.get()[http::field::expect] == "100-continue") {
    http::response<http::empty_body> go_on(http::status::continue_, 11);
    error_code error;
    co_await http::async_write(socket_, go_on, asio::redirect_error(asio::use_awaitable, error));
  }

  constexpr std::size_t kPiece = 256 * 1024;
  constexpr std::chrono::milliseconds kTellEvery{250};
  std::string piece(kPiece, '\0');
  Written file(upload.path);
  Status done = file.Write(nullptr, 0);
  std::uint64_t received = 0;
  auto told = std::chrono::steady_clock::now();
  while (done && !parser.is_done()) {
    auto& body = parser.get().body();
    body.data = piece.data();
    body.size = piece.size();
    Within(kUploadSilence);
    error_code error;
    co_await http::async_read_some(socket_, buffer_, parser,
                                   asio::redirect_error(asio::use_awaitable, error));
    const std::size_t got = piece.size() - parser.get().body().size;
    if (error == http::error::need_buffer) error = {};
    if (error || timed_out_) {
      done = Fail(ErrorCode::kTimedOut, "it did not come whole");
      break;
    }
    received += got;
    if (received > upload.bytes_max)
      done = Fail(ErrorCode::kTooLarge, "it is larger than can be taken");
    else
      done = file.Write(piece.data(), got);
    if (const auto now = std::chrono::steady_clock::now(); now - told > kTellEvery) {
      told = now;
      shared_.desk.Uploading(upload.id, received);
    }
  }
  if (const Status closed = file.Close(); done && !closed) done = closed;
  app::Answered answered = shared_.desk.EndUpload(upload.id, received, done);
  if (timed_out_) answered = app::Answered::Wrong(408, "too_slow", "The file came no further.");
  body_left_ = !parser.is_done();
  keep_ = keep_ && !body_left_;
  const bool on = co_await Send(std::move(answered));
  if (body_left_) co_await Linger();
  co_return on;
}

}  // namespace bk::server
