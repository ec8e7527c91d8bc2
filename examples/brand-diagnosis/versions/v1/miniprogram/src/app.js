App({ globalData: { version: '__VERSION__', api: 'https://diagnosis.example.com' } });
