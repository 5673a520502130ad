// How it works, and the technical words explained.
export const help = {
  title: 'Help',
  how: 'How it works',
  howSteps: [
    'bandkeeper looks at the phone, at files, or asks you. Looking changes nothing.',
    'It says what is wrong, how sure it is, and what proves it.',
    'It mends what it can and shows you what your finger must do. Harmless things come first.',
    'It looks whether the band really fetches data again. Only then it is finished.',
  ],
  words: 'Words, explained',
  wordsSub: 'The few technical words that appear on these pages.',
  safe: 'Is it safe?',
  safeText:
    'Nothing is sent to the internet. Every change is written down before it is made, and can be undone. What could lose something needs a word that you type.',
  nothingHelps: 'When nothing helps',
  nothingHelpsText: 'Make a support bundle in the settings and give it to the support of the band’s app or maker.',
  keyboard: 'By keyboard',
  keyboardText: 'Tab goes forward, Shift and Tab back, Enter presses a button, Escape closes a window. The timeline has its own keys, written below it.',
} as const;

export const terms = {
  adb: ['USB debugging', 'A switch in the phone’s developer options that lets a computer on the cable read its state. Switch it off afterwards if you like.'],
  bugreport: ['Bug report', 'A file that the phone writes about itself: settings, logs and lists of apps. It may hold private things; here it stays on your computer.'],
  snoop: ['Bluetooth recording', 'A file in which the phone notes every packet that it exchanges over Bluetooth (“HCI snoop log”).'],
  pairing: ['Pairing', 'The phone and the band each keep a shared secret, so that they know each other. If only one side still has it, they refuse each other.'],
  key: ['Key', 'A secret of 32 digits with which the app proves to the band that it may fetch the data.'],
  rssi: ['RSSI', 'How loud the other side’s radio is heard, in dBm. −50 is near, −90 is barely audible.'],
  firmware: ['Firmware', 'The band’s own software.'],
  sync: ['Sync', 'The app fetches the steps, sleep and heart rate that the band has recorded.'],
  autostart: ['Autostart', 'A switch of some phone makers. Without it the app is not started again after the phone has ended it.'],
  background: ['Running in the background', 'The app works while you do not see it. Phones stop apps there to save battery, and the connection goes with them.'],
  ledger: ['Ledger', 'The list of all minutes stored here, with the gaps and why they are there.'],
  probability: ['Probability', 'How often it is this cause in cases that look like yours. It never adds up to a promise.'],
  packet: ['Packet', 'One message over Bluetooth. Its number is that in the recording, as other tools count too.'],
} as const;
