// Wages of the standard input, one after the other in one warm engine; answers in JSON.
import { readFileSync } from 'node:fs'
import rules from 'modele-social'
import Engine from 'publicodes'

const asked = JSON.parse(readFileSync(0, 'utf8'))
const silent = { log() {}, warn() {}, error() {} }
const engine = new Engine(rules, { logger: silent })

function linesOf({ month, gross, local }) {
  const [year, number] = month.split('-')
  engine.setSituation({
    date: `01/${number}/${year}`,
    'salarié . contrat . salaire brut': `${gross} €/mois`,
    'salarié . cotisations . prévoyances . santé . montant': '0 €/mois',
    'salarié . régimes spécifiques . alsace moselle': local ? 'oui' : 'non',
  })
  return asked.lines.map((line) => engine.evaluate(`salarié . cotisations . ${line}`).nodeValue ?? 0)
}

linesOf(asked.wages[0])
const seconds = []
let found
for (let time = 0; time < asked.times; time++) {
  const began = process.cpuUsage()
  found = asked.wages.map(linesOf)
  const { user, system } = process.cpuUsage(began)
  seconds.push((user + system) / 1e6)
}
const lines = Object.fromEntries(
  asked.lines.map((line, place) => [line, found.map((values) => Number(values[place]))]),
)
process.stdout.write(JSON.stringify({ lines, seconds }))
