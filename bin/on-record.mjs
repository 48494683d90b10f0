#!/usr/bin/env node
// The one command. Until the packages are installed it can rely on Node alone, so this file and scripts/build are plain
// JavaScript; everything else is bundled into dist/ from TypeScript.
import { dirname } from 'node:path'
import { fileURLToPath } from 'node:url'
import { commands, usage } from '../scripts/build/commands.mjs'
import { prepare } from '../scripts/build/prepare.mjs'

const root = dirname(dirname(fileURLToPath(import.meta.url)))
const [major = 0, minor = 0] = process.versions.node.split('.').map(Number)

if (major < 20 || (major === 20 && minor < 19)) {
  process.stderr.write(`On Record needs Node 20.19 or newer; this is ${process.versions.node}.\n`)
  process.exit(1)
}

const [name = 'help', ...args] = process.argv.slice(2)
const command = commands[name]

if (name === 'help' || name === '--help' || name === '-h') {
  process.stdout.write(usage())
} else if (!command) {
  process.stderr.write(`There is no command "${name}".\n\n${usage()}`)
  process.exitCode = 2
} else {
  try {
    await prepare(root, needsOf(command.needs, args))
    process.env.ON_RECORD_HOME = root
    const program = await import(`../dist/${command.program}.mjs`)
    await program.main?.(name, args)
  } catch (error) {
    process.stderr.write(`${reasonOf(error)}\n`)
    if (process.env.ON_RECORD_DEBUG && error instanceof Error) process.stderr.write(`${error.stack}\n`)
    process.exitCode = 1
  }
}

/**
 * @param {{ web: boolean }} needs
 * @param {readonly string[]} args
 */
function needsOf({ web }, args) {
  const given = (/** @type {string[]} */ ...names) => names.some((name) => args.includes(name))
  return { web: web && !given('--dev', '--help', '-h'), asBuilt: given('--as-built') }
}

/**
 * The innermost cause: what lies around it may repeat a whole statement, with its parameters.
 * @param {unknown} error
 * @returns {string}
 */
function reasonOf(error) {
  if (!(error instanceof Error)) return String(error)
  return error.cause instanceof Error ? reasonOf(error.cause) : error.message
}
