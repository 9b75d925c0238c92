"""The ground floor: signs and numbers as papers print them. Imports nothing of ours."""
