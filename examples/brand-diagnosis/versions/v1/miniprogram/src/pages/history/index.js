const POLL_MS = 2000;

Page({
  data: { items: [], revisions: {} },

  onShow() {
    wx.request({
      url: `${getApp().globalData.api}/api/history?limit=20`,
      success: ({ data }) => this.setData({ items: data.items }),
    });
    this.timer = setInterval(() => {
      for (const item of this.data.items) this.poll(item);
    }, POLL_MS);
  },

  onHide() {
    clearInterval(this.timer);
  },

  // Asks only for what is new: status 204 without a body means that nothing is.
  poll(item) {
    if (item.status === 'completed' || item.status === 'failed') return;
    wx.request({
      url: `${getApp().globalData.api}/api/tasks/${item.id}?since=${this.data.revisions[item.id] ?? 0}`,
      success: ({ statusCode, data }) => {
        if (statusCode !== 200) return;
        this.data.revisions[item.id] = data.revision;
        const items = this.data.items.map((each) =>
          each.id === item.id ? { ...each, status: data.status, progress: data.progress } : each,
        );
        this.setData({ items });
      },
    });
  },
});
