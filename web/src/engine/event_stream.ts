// Server-sent events read by fetch: EventSource cannot send the Authorization header.

export interface Frame {
  event: string;
  data: string;
}

// Cuts a stream of text into frames, however it arrives; LF or CRLF.
export class FrameReader {
  private rest = '';
  private event = '';
  private data: string[] = [];

  push(text: string): Frame[] {
    const frames: Frame[] = [];
    this.rest += text;
    for (;;) {
      const end = this.rest.indexOf('\n');
      if (end < 0) return frames;
      let line = this.rest.slice(0, end);
      this.rest = this.rest.slice(end + 1);
      if (line.endsWith('\r')) line = line.slice(0, -1);
      if (line === '') {
        if (this.data.length > 0) frames.push({ event: this.event || 'message', data: this.data.join('\n') });
        this.event = '';
        this.data = [];
      } else if (line.startsWith('event:')) {
        this.event = line.slice(6).trim();
      } else if (line.startsWith('data:')) {
        this.data.push(line.startsWith('data: ') ? line.slice(6) : line.slice(5));
      }
    }
  }
}
