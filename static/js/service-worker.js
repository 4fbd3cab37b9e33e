// Wakes up when a message reaches this browser while no page is open.

self.addEventListener("push", (event) => {
  const {title, body, url, tag} = event.data.json();
  event.waitUntil(tell(title, {body, tag, data: {url}, renotify: true}));
});

self.addEventListener("notificationclick", (event) => {
  event.notification.close();
  event.waitUntil(show(event.notification.data.url));
});

// A page that is being looked at shows the message itself.
async function tell(title, options) {
  const pages = await self.clients.matchAll({type: "window", includeUncontrolled: true});
  if (pages.some(({focused}) => focused)) return;
  await self.registration.showNotification(title, options);
}

// A page that shows something else is left alone: a form may be half filled in there.
async function show(url) {
  const pages = await self.clients.matchAll({type: "window", includeUncontrolled: true});
  const page = pages.find((one) => new URL(one.url).pathname === url);
  return page ? page.focus() : self.clients.openWindow(url);
}
