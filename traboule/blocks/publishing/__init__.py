"""What a neighbourhood tells: news, articles, tutorials, albums, before and after."""
