"""What words are: cut, told apart from common ones, translated, heard."""
