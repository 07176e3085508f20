'use strict';

const byId = (id) => document.getElementById(id);
let shown = null;

function cell(row, text) {
  const td = document.createElement('td');
  td.textContent = text;
  row.append(td);
  return td;
}

function seconds(call) {
  if (!call.answeredAt) return '';
  const end = call.endedAt ? new Date(call.endedAt) : new Date();
  return Math.max(0, Math.round((end - new Date(call.answeredAt)) / 1000)) + ' s';
}

async function health() {
  const answer = await fetch('health');
  const health = await answer.json();
  byId('status').textContent = health.status;
  byId('status').className = 'status ' + health.status;
  byId('version').textContent = health.version;
  byId('dial').textContent = health.dial;
  byId('parts').replaceChildren(...Object.entries(health.parts).map(([name, part]) => {
    const item = document.createElement('li');
    item.className = part.state;
    item.textContent = name + (part.detail ? ': ' + part.detail : '');
    return item;
  }));
}

async function calls() {
  const answer = await fetch('api/v1/calls?limit=20');
  const page = await answer.json();
  byId('note').hidden = page.complete;
  byId('note').textContent = 'The record of past calls can’t be read now; these are the calls in memory.';
  byId('calls').replaceChildren(...page.items.map((call) => {
    const row = document.createElement('tr');
    const open = document.createElement('button');
    open.textContent = new Date(call.startedAt).toLocaleTimeString();
    open.addEventListener('click', () => { shown = call.id; refresh(); });
    cell(row, '').append(open);
    cell(row, call.from.name || call.from.address || 'withheld');
    cell(row, call.agent);
    cell(row, call.state === 'ended' ? 'ended: ' + call.endReason.replaceAll('_', ' ') : call.state);
    cell(row, seconds(call));
    cell(row, call.turnCount);
    return row;
  }));
}

async function oneCall() {
  if (!shown) return;
  const answer = await fetch('api/v1/calls/' + encodeURIComponent(shown));
  if (!answer.ok) return;
  const call = await answer.json();
  byId('call').hidden = false;
  byId('call').replaceChildren(...call.turns.map((turn) => {
    const line = document.createElement('p');
    const who = document.createElement('span');
    who.className = 'who';
    who.textContent = turn.speaker + ': ';
    const late = document.createElement('span');
    late.className = 'late';
    late.textContent = turn.latency.mouthToEar === undefined ? '' : ' ' + turn.latency.mouthToEar + ' ms';
    line.append(who, turn.text + (turn.interrupted ? ' …' : ''), late);
    return line;
  }));
}

async function refresh() {
  try {
    await Promise.all([health(), calls(), oneCall()]);
  } catch {
    byId('status').textContent = 'not reachable';
    byId('status').className = 'status down';
  }
}

refresh();
setInterval(refresh, 2000);
