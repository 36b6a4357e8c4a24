// What Thunderbird and Nextcloud read in a calendar file, by the parser that both use: JSON of the one event.
import { readFileSync } from 'node:fs';
import ICAL from 'ical.js';

const calendar = ICAL.Component.fromString(readFileSync(0, 'utf-8'));
for (const zone of calendar.getAllSubcomponents('vtimezone')) ICAL.TimezoneService.register(zone);
const [component, ...more] = calendar.getAllSubcomponents('vevent');
if (more.length) throw new Error('more than one event');
const event = new ICAL.Event(component);
console.log(
  JSON.stringify({
    method: calendar.getFirstPropertyValue('method'),
    uid: event.uid,
    sequence: event.sequence,
    start: event.startDate.toJSDate().toISOString(),
    end: event.endDate.toJSDate().toISOString(),
    title: event.summary,
    place: event.location,
    description: event.description,
    properties: component.getAllProperties().map((property) => property.name).sort(),
  }),
);
