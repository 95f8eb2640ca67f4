/** Unit tests lie beside what they test; stories in tests/ need a browser and are not run here. */
export default {
  roots: ["<rootDir>/src"],
  testEnvironment: "node",
  transform: { "\\.tsx?$": ["@swc/jest", { jsc: { parser: { syntax: "typescript", tsx: true }, transform: { react: { runtime: "automatic" } } } }] },
};
