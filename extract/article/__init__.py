"""Page → `Article`: headline, standfirst, byline instant, paragraphs, captions and tables (`read`)."""
